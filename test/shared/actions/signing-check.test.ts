import { describe, expect, it } from 'vitest';
import { createSigningCheck } from '../../../shared/actions/signing-check.ts';
import type { SigningRule } from '../../../shared/actions/signing-rules.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { askAs } from '../../../shared/tenant-calls/ask-tenant.ts';
import { createEntityTenant, eid, sheet, templateId } from './entity-tenant.ts';

const needsSheet: SigningRule = { name: 'Sheet', needsChild: { type: 'excel', name: 'Safety Sheet' } };
const needsProject: SigningRule = { name: 'Project', needsField: 'Project' };

const setUp = (given: Parameters<typeof createEntityTenant>[0] = {}, rules: readonly SigningRule[] = [needsSheet]) => {
  const tenant = createEntityTenant(given);
  let nowMillis = 0;
  const check = createSigningCheck({ rules, clock: { nowMillis: () => nowMillis } });
  return {
    ...tenant,
    check: (...eids: string[]) => check.check(eids, askAs(tenant.call, {})),
    wait: (millis: number) => {
      nowMillis += millis;
    },
  };
};

const outcomeOf = async ({ check }: ReturnType<typeof setUp>) => (await check(eid)).entities[0]?.outcome;

describe('the signing check', () => {
  it('lets go on what meets the rules, with two calls', async () => {
    const world = setUp({ children: [sheet] });
    expect(await world.check(eid)).toEqual({
      mayContinue: true,
      entities: [{ eid, outcome: 'met', results: [expect.objectContaining({ name: 'Sheet', isMet: true })] }],
    });
    const path = `/entities/${encodeURIComponent(eid)}`;
    expect(world.paths).toEqual([`GET ${path}`, `GET ${path}/children?page%5Blimit%5D=100&page%5Boffset%5D=0`]);
  });

  it('reads all pages of children, by their offset', async () => {
    const others = Array.from({ length: 205 }, (_, index) => ({ type: 'text', name: `Note ${index}` }));
    const world = setUp({ children: [...others, sheet] });
    expect(await outcomeOf(world)).toBe('met');
    expect(world.paths).toHaveLength(4);
  });

  it('does not judge an entity with more children than it reads', async () => {
    const world = setUp({ children: Array.from({ length: 2_001 }, () => sheet) });
    expect(await outcomeOf(world)).toBe('unreadable');
    expect(world.paths).toHaveLength(21);
  });

  it('reads no children where no rule is about them', async () => {
    const world = setUp({ attributes: { fields: { Project: { value: 'P-1' } } } }, [needsProject]);
    expect(await outcomeOf(world)).toBe('met');
    expect(world.paths).toHaveLength(1);
  });

  it('does not count a child in the trash', async () => {
    expect(await outcomeOf(setUp({ children: [{ ...sheet, flags: { isTrashed: true } }] }))).toBe('unmet');
  });

  it.each([
    [{ value: 'P-1' }, 'met'],
    [{ value: 0 }, 'met'],
    [{ value: false }, 'met'],
    [{ values: ['a'] }, 'met'],
    [{ value: { id: '7' } }, 'met'],
    [{ values: [{ id: '7' }] }, 'met'],
    [{ value: '' }, 'unmet'],
    [{ value: ' \n' }, 'unmet'],
    [{ value: null }, 'unmet'],
    [{ value: {} }, 'unmet'],
    [{ values: [] }, 'unmet'],
    [{ values: [''] }, 'unmet'],
    [{}, 'unmet'],
    ['P-1', 'unmet'],
    [null, 'unmet'],
  ])('a field with %j: %s', async (field, outcome) => {
    expect(await outcomeOf(setUp({ attributes: { fields: { Project: field } } }, [needsProject]))).toBe(outcome);
  });

  it('reads the template out of the relationships', async () => {
    const rules: SigningRule[] = [{ ...needsProject, templates: [templateId] }];
    expect(await outcomeOf(setUp({ relationships: { template: { data: { id: templateId } } } }, rules))).toBe('unmet');
    expect(await outcomeOf(setUp({}, rules))).toBe('no-rules');
  });

  it('aborts without rules, and calls nobody', async () => {
    const world = setUp({ children: [sheet] }, []);
    expect(await world.check(eid)).toEqual({
      mayContinue: false,
      entities: [{ eid, outcome: 'no-rules', results: [] }],
    });
    expect(world.paths).toEqual([]);
  });

  it('aborts without entities', async () => {
    expect(await setUp().check()).toEqual({ mayContinue: false, entities: [] });
  });

  const other = { data: { id: 'experiment:other', attributes: { type: 'experiment', state: 'open' } } };
  it.each([
    ['the entity is refused', () => ({ status: 403, document: {} })],
    ['the entity is not there', () => ({ status: 404, document: {} })],
    ['another entity comes', () => ({ status: 200, document: other })],
    ['the entity has another form', () => ({ status: 200, document: { data: [] } })],
    ['the tenant fails', () => ({ status: 500, document: {} })],
    [
      'the children are refused',
      (path: string) => (path.includes('/children') ? { status: 400, document: {} } : undefined),
    ],
    [
      'a child has no name',
      (path: string) =>
        path.includes('/children')
          ? { status: 200, document: { data: [{ attributes: { type: 'excel' } }] } }
          : undefined,
    ],
  ])('aborts in one and the same way when %s', async (_name, instead) => {
    const verdict = await setUp({ children: [sheet], instead }).check(eid);
    expect(verdict).toEqual({ mayContinue: false, entities: [{ eid, outcome: 'unreadable', results: [] }] });
  });

  it.each(['TOO_MANY_REQUESTS', 'UPSTREAM_LATE', 'CREDENTIAL_UNAVAILABLE'] as const)(
    'aborts when the call fails with %s',
    async (code) => {
      const world = setUp({
        instead: () => {
          throw new AppError(code);
        },
      });
      expect(await outcomeOf(world)).toBe('unreadable');
    },
  );

  it('reports a fault of the facade', async () => {
    const world = setUp({
      instead: () => {
        throw new TypeError('a fault');
      },
    });
    await expect(world.check(eid)).rejects.toThrow('INTERNAL');
  });

  it('lets several go on only if all may', async () => {
    const second = 'experiment:second';
    const world = setUp({
      children: [sheet],
      instead: (path) => (path.includes('second') ? { status: 404, document: {} } : undefined),
    });
    expect(await world.check(eid, second)).toMatchObject({
      mayContinue: false,
      entities: [{ outcome: 'met' }, { eid: second, outcome: 'unreadable' }],
    });
  });

  it('reads once for a hundred requests at once, and anew two seconds later', async () => {
    const world = setUp({ children: [sheet] });
    const verdicts = await Promise.all(Array.from({ length: 100 }, () => world.check(eid)));
    expect(new Set(verdicts.map(({ mayContinue }) => mayContinue))).toEqual(new Set([true]));
    expect(world.paths).toHaveLength(2);
    world.wait(1_999);
    await world.check(eid);
    expect(world.paths).toHaveLength(2);
    world.wait(1);
    await world.check(eid);
    expect(world.paths).toHaveLength(4);
  });

  it('remembers few entities', async () => {
    const world = setUp({}, [needsProject]);
    for (let index = 0; index < 201; index += 1) await world.check(`experiment:${index}`);
    await world.check('experiment:200');
    expect(world.paths).toHaveLength(201);
    await world.check('experiment:0');
    expect(world.paths).toHaveLength(202);
  });
});
