/** Registrations of samples for callers: read, mark, list. */
import type { Consumer } from '../exchange/consumer.ts';
import type { Tenant } from '../tenant-calls/ask-tenant.ts';
import type { Clock } from '../time/clock.ts';
import type { Look } from './look.ts';
import { changed, isMarked, markRegistered } from './mark-registered.ts';
import type { RegistrationNotes } from './notes.ts';
import { lookAs } from './read-sample.ts';
import type { DriftedPage, Mark, Registration, RegistrationStore, Suspicion } from './registration.ts';

export type RegistrationView = {
  readonly look: Look;
  /** What the facade knows beyond the look; it may be about another registration than the one of the look. */
  readonly record: Registration | undefined;
};

export type Marking = {
  /** The digest that the caller has registered. */
  readonly digest: string;
  readonly consumer: Pick<Consumer, 'id' | 'incarnation'>;
  readonly externalId?: string | undefined;
  readonly note?: string | undefined;
};

type RegistrationsParts = {
  readonly notes: RegistrationNotes;
  readonly store: Pick<RegistrationStore, 'drifted'>;
  readonly clock: Clock;
};

const toMark = ({ digest, consumer, externalId, note }: Marking, atMillis: number): Mark => ({
  ...{ digest, atMillis, consumerId: consumer.id },
  ...(consumer.incarnation === undefined ? {} : { incarnation: consumer.incarnation }),
  ...(externalId === undefined ? {} : { externalId }),
  ...(note === undefined ? {} : { note }),
});

export const createRegistrations = ({ notes, store, clock }: RegistrationsParts) => ({
  /** @throws AppError as `lookAs` does, REGISTRATIONS_UNAVAILABLE. */
  async read(tenant: Tenant, sampleId: string): Promise<RegistrationView> {
    const look = await lookAs(tenant, sampleId, clock);
    return { look, record: await notes.noteLook(look) };
  },

  /** A failure may leave the sample marked in the tenant. The mark may be repeated. @throws AppError as `markRegistered` does, REGISTRATIONS_UNAVAILABLE. */
  async mark(tenant: Tenant, sampleId: string, marking: Marking): Promise<RegistrationView> {
    let suspicion: Suspicion | undefined;
    const look = await markRegistered(tenant, sampleId, marking.digest, clock, async () => {
      suspicion ??= await notes.suspectMark(sampleId);
    });
    const record = await notes.noteMark(look, toMark(marking, look.answeredAtMillis));
    if (suspicion) await notes.clear(suspicion);
    // It is noted all the same: the consumer that has marked the sample gets the event of the drift.
    if (!isMarked(look, marking.digest)) throw changed(look, marking.digest, true);
    return { look, record };
  },

  drifted: (limit: number, cursor?: string): Promise<DriftedPage> => store.drifted(limit, cursor),
});
export type Registrations = ReturnType<typeof createRegistrations>;
