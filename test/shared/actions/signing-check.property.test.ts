import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSigningCheck } from '../../../shared/actions/signing-check.ts';
import { SigningRules } from '../../../shared/actions/signing-rules.ts';
import { askAs } from '../../../shared/tenant-calls/ask-tenant.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import { sized } from '../../support/test-size.ts';
import { createEntityTenant, eid } from './entity-tenant.ts';

const word = fc.constantFrom('a', 'b', 'c', '<b>', 'constructor', 'd e');
const type = fc.constantFrom('excel', 'text', 'pdf');
const state = fc.constantFrom('open', 'closed', 'voided');
const child = fc.record({ type, name: word, flags: fc.record({ isTrashed: fc.boolean() }) });
const rule = fc.oneof(
  fc.record({ name: fc.constant('r'), needsChild: fc.record({ type, name: word }) }),
  fc.record({ name: fc.constant('r'), needsField: word }),
  fc.record({ name: fc.constant('r'), forbidsStates: fc.array(state, { minLength: 1, maxLength: 2 }) }),
);
const entity = fc.record({
  state,
  fields: fc.dictionary(word, fc.record({ value: fc.constantFrom('', ' ', 'x', 0, false, null) })),
  children: fc.array(child, { maxLength: 250 }),
});

it('signing goes on exactly when there are rules, and the entity meets each of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(rule, { maxLength: 4 }), entity, async (given, { children, ...attributes }) => {
      const { call } = createEntityTenant({ attributes, children });
      const check = createSigningCheck({ rules: SigningRules.parse(given), clock: systemClock });
      const { mayContinue } = await check.check([eid], askAs(call, {}));
      const met = given.map((one) => {
        if ('needsField' in one) {
          const field = Object.entries(attributes.fields).find(([name]) => name === one.needsField)?.[1];
          return field !== undefined && field.value !== null && String(field.value).trim() !== '';
        }
        if ('forbidsStates' in one) return !one.forbidsStates.includes(attributes.state);
        const { needsChild } = one;
        return children.some(
          (each) => each.type === needsChild.type && each.name === needsChild.name && !each.flags.isTrashed,
        );
      });
      expect(mayContinue).toBe(met.length > 0 && met.every(Boolean));
    }),
    { numRuns: sized(300, 40) },
  );
});
