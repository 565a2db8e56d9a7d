/** Changes that the change sweep has listed: registered samples among them are looked at soon. */
import type { Clock } from '../time/clock.ts';
import type { CheckStore, RegistrationStore } from './registration.ts';

type ListedChange = { readonly eid: string; readonly editedAtMillis?: number | undefined };

/** The clocks of the tenant and of the facade differ by less. */
const marginMillis = 10_000;

/** The sweep lists a change several times: one that a look has seen already needs none. */
export const createChangedSamples =
  (store: Pick<RegistrationStore, 'known'>, checks: Pick<CheckStore, 'suspect'>, clock: Clock) =>
  async (changes: readonly ListedChange[]): Promise<void> => {
    const editedAt = new Map(
      changes
        .filter(({ eid }) => eid.startsWith('sample:'))
        .map(({ eid, editedAtMillis }) => [eid, editedAtMillis ?? Number.POSITIVE_INFINITY]),
    );
    if (editedAt.size === 0) return;
    const notedAtMillis = clock.nowMillis();
    for (const { sampleId, seenAtMillis } of await store.known([...editedAt.keys()]))
      if ((editedAt.get(sampleId) ?? 0) + marginMillis >= seenAtMillis)
        await checks.suspect({ sampleId, reason: 'change', notedAtMillis, dueAtMillis: notedAtMillis, tries: 0 });
  };
