import { describe, expect, it } from 'vitest';
import { type EntityFacts, judge, rulesFor, SigningRules } from '../../../shared/actions/signing-rules.ts';
import { eid, templateId } from './entity-tenant.ts';

const facts = (given: Partial<EntityFacts> = {}): EntityFacts => ({
  ...{ eid, type: 'experiment', state: 'open', template: templateId },
  ...{ filledFields: new Set<string>(), children: [] },
  ...given,
});

const needsSheet = { name: 'Sheet', needsChild: { type: 'excel', name: 'Safety Sheet' } };
const needsProject = { name: 'Project', needsField: 'Project' };
const isOpen = { name: 'Open', forbidsStates: ['closed', 'voided'] };

const childOf = (type: string, name: string) => ({ children: [{ type, name }] });

describe('a rule', () => {
  it.each([
    [needsSheet, childOf('excel', 'Safety Sheet'), true],
    [needsSheet, childOf('excel', 'Safety Sheet.xlsx'), false],
    [needsSheet, childOf('excel', 'safety sheet'), false],
    [needsSheet, childOf('pdf', 'Safety Sheet'), false],
    [needsSheet, { children: [...childOf('pdf', 'Safety Sheet').children, { type: 'excel', name: 'Other' }] }, false],
    [needsSheet, {}, false],
    [needsProject, { filledFields: new Set(['Project']) }, true],
    [needsProject, { filledFields: new Set(['project', 'Project ']) }, false],
    [needsProject, {}, false],
    [isOpen, { state: 'open' }, true],
    [isOpen, { state: 'closed' }, false],
    [isOpen, { state: 'voided' }, false],
    [isOpen, { state: undefined }, false],
  ])('%j on %j is met: %j', (rule, given, isMet) => {
    expect(judge([rule], facts(given))).toMatchObject([{ name: rule.name, isMet }]);
  });

  it('says what it needs, and nothing of the entity', () => {
    const shown = judge(
      [needsSheet, needsProject, isOpen],
      facts({ ...childOf('text', 'Private aim'), state: 'hidden' }),
    );
    expect(shown.map(({ needs }) => needs)).toEqual([
      'A child named “Safety Sheet” of the type excel is needed.',
      'The field “Project” needs a value.',
      'The state must be known, and none of these: “closed”, “voided”.',
    ]);
  });

  it.each([
    [{}, true],
    [{ types: ['experiment'] }, true],
    [{ types: ['request', 'ado'] }, false],
    [{ templates: [templateId] }, true],
    [{ templates: [eid] }, false],
    [{ types: ['experiment'], templates: [eid] }, false],
  ])('with %j is for the entity: %j', (filter, isForIt) => {
    expect(rulesFor([{ ...needsProject, ...filter }], facts())).toHaveLength(isForIt ? 1 : 0);
  });

  it('for a template is for no entity without one', () => {
    const rules = [{ ...needsProject, templates: [templateId] }];
    expect(rulesFor(rules, facts({ template: undefined }))).toEqual([]);
  });
});

describe('the rules of a stage', () => {
  it('are taken as the documents show them', () => {
    const rules = [needsSheet, { ...needsProject, types: ['experiment'], templates: [templateId] }, isOpen];
    expect(SigningRules.parse(rules)).toEqual(rules);
  });

  it.each([
    [{ name: 'No rule' }],
    [{ ...needsProject, ...isOpen }],
    [{ ...needsProject, colour: 'red' }],
    [{ ...needsProject, name: '' }],
    [{ ...needsProject, name: ' ' }],
    [{ ...needsProject, name: 'two\nlines' }],
    [{ ...needsProject, name: 'x'.repeat(81) }],
    [{ ...needsProject, needsField: 7 }],
    [{ ...needsProject, types: [] }],
    [{ ...needsProject, templates: ['no id'] }],
    [{ ...isOpen, forbidsStates: [] }],
    [{ ...needsSheet, needsChild: { type: 'excel' } }],
    [{ ...needsSheet, needsChild: { type: 'a b', name: 'x' } }],
  ])('refuse %j', (rule) => {
    expect(SigningRules.safeParse([rule]).success).toBe(false);
  });

  it('are at most 50', () => {
    expect(SigningRules.safeParse(Array(50).fill(needsProject)).success).toBe(true);
    expect(SigningRules.safeParse(Array(51).fill(needsProject)).success).toBe(false);
  });
});
