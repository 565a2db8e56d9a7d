/** Rotations while the table and KMS fail at any time: no call fails as long as the operators keep to the order of the guide. */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized } from '../../support/test-size.ts';
import { addKey, createWorld, longestAttemptMillis, minuteMillis, sendAs } from './support.ts';

const healths = fc.constantFrom('well', 'failing', 'hanging');
const weather = fc.record({ reads: healths, writes: healths, kms: healths });
/** A rotation: what fails between the steps, how long they take, and whether a key that the tenant refuses comes first. */
const rotation = fc.record({
  beforeAdding: weather,
  whileOld: weather,
  atRevoking: weather,
  afterwards: weather,
  minutes: fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 })),
  misspelt: fc.boolean(),
  sameOwner: fc.boolean(),
});

describe('a rotation', () => {
  it('fails no call, whatever fails meanwhile, when the old key is revoked once every instance had 5 good minutes', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(rotation, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 3 }),
        async (rotations, count) => {
          const world = createWorld();
          const well = { reads: 'well', writes: 'well', kms: 'well' } as const;
          /** Of the records in the pool. */
          const ids = new Set([(await addKey(world, 'key-0')).id]);
          const accepted = new Set(['key-0']);
          const instances = Array.from({ length: count }, () => world.instance());
          const callAll = async (): Promise<void> => {
            const used = await Promise.all(
              instances.flatMap((keys) => [
                sendAs(keys, (secret) => accepted.has(secret)),
                sendAs(keys, (secret) => accepted.has(secret)),
              ]),
            );
            for (const secret of used) expect(accepted).toContain(secret);
          };
          await callAll();
          for (const [index, each] of rotations.entries()) {
            const [old, next] = [`key-${index}`, `key-${index + 1}`];
            Object.assign(world.health, each.beforeAdding);
            world.advance(each.minutes[0] * minuteMillis);
            await callAll();
            if (each.misspelt) ids.add((await addKey(world, `misspelt-${index}`)).id);
            const { id: nextId } = await addKey(world, next, each.sameOwner ? 'svc-eln' : `owner-${index}`);
            ids.add(nextId);
            accepted.add(next);
            Object.assign(world.health, each.whileOld);
            await callAll();
            world.advance(each.minutes[1] * minuteMillis);
            await callAll();
            // What the guide asks for: 5 minutes in which table and KMS answer.
            Object.assign(world.health, well);
            // A hanging call ends in real time. The manual clock does not move meanwhile.
            await sleep(longestAttemptMillis);
            world.advance(6 * minuteMillis);
            await callAll();
            Object.assign(world.health, each.atRevoking);
            await callAll();
            accepted.delete(old);
            await callAll();
            Object.assign(world.health, each.afterwards);
            await callAll();
            Object.assign(world.health, well);
            for (const id of [...ids].filter((known) => known !== nextId)) {
              await world.admin.change('signals', id, { state: 'disabled' });
              await world.admin.remove('signals', id);
              ids.delete(id);
            }
            await callAll();
          }
        },
      ),
      { numRuns: sized(40, 4) },
    ));
});
