import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as watched from '../../../shared/cache/sweep/watched.ts';
import { signalsCacheRules } from '../../../shared/signals/cache/rules.ts';

const { noChangesSince } = watched;
const { nameOf, changes } = signalsCacheRules;

/** As the sweep and the look-up call them. */
const withChanges = (known: watched.WatchedChanges, eids: readonly string[], nowMillis: number) =>
  watched.withChanges(known, eids.filter(changes.isTop).map(nameOf), nowMillis);
const showsThemAsTheyAre = (known: watched.WatchedChanges, eids: readonly string[], requestedAtMillis: number) =>
  watched.showsThemAsTheyAre(known, eids.map(nameOf), requestedAtMillis);

const journals = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `journal:j${from + index}`);

describe('notebooks that changed', () => {
  it('say nothing for answers that were asked for before, and spare later ones and others', () => {
    const known = withChanges(noChangesSince(1_000), ['journal:j1', 'experiment:e1'], 5_000);
    expect(showsThemAsTheyAre(known, ['journal:j1'], 5_000)).toBe(false);
    expect(showsThemAsTheyAre(known, ['journal:j1'], 5_001)).toBe(true);
    expect(showsThemAsTheyAre(known, ['journal:j2'], 1_001)).toBe(true);
    expect(showsThemAsTheyAre(known, ['journal:j2'], 1_000)).toBe(false);
    expect(Object.keys(known.untilMillis)).toHaveLength(1);
  });

  it('are one in all spellings, and count from their last change', () => {
    const uuid = '0b5c1d2e-0000-4000-8000-00000000abcd';
    const once = withChanges(noChangesSince(0), [`journal:${uuid}`], 2_000);
    const twice = withChanges(once, [`journal:${uuid.toUpperCase()}`], 3_000);
    expect(showsThemAsTheyAre(twice, [`journal:${uuid}`], 2_500)).toBe(false);
    expect(Object.keys(twice.untilMillis)).toHaveLength(1);
  });

  it('are forgotten after an hour, with all that was asked for before', () => {
    const known = withChanges(withChanges(noChangesSince(0), ['journal:j1'], 1_000), [], 3_601_001);
    expect(known).toEqual({ sinceMillis: 1_000, untilMillis: {} });
  });

  it('stay few, and never make an answer look as it is that is older than a change', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ notebook: fc.nat(300), afterMillis: fc.nat(20_000) }), { maxLength: 400, size: 'max' }),
        fc.nat(300),
        fc.nat(4_000_000),
        (changes, notebook, requestedAtMillis) => {
          let known = noChangesSince(0);
          let now = 0;
          let lastMillis = 0;
          for (const change of changes) {
            now += change.afterMillis;
            if (change.notebook === notebook) lastMillis = now;
            known = withChanges(known, journals(1, change.notebook), now);
          }
          expect(JSON.stringify(known).length).toBeLessThan(4_096);
          if (showsThemAsTheyAre(known, journals(1, notebook), requestedAtMillis)) {
            expect(requestedAtMillis).toBeGreaterThan(lastMillis);
          }
        },
      ),
    ));

  it('are more than are remembered when many change at once: then earlier answers count for nothing', () => {
    const known = withChanges(noChangesSince(0), journals(101), 5_000);
    expect(showsThemAsTheyAre(known, ['journal:other'], 5_000)).toBe(false);
    expect(showsThemAsTheyAre(known, ['journal:other'], 5_001)).toBe(true);
  });
});
