/** Registrations of samples: their records, the events of drifts, the check, and what the change sweep notes. */
import { randomUUID } from 'node:crypto';
import { eventSourceOf } from '../../shared/config/names.ts';
import type { ListedChange } from '../../shared/exchange/cache-rules.ts';
import { backgroundProfile } from '../../shared/exchange/quota-profile.ts';
import { toFacadeEvent } from '../../shared/facade-events/facade-event.ts';
import { createDynamoCheckStore, createDynamoRegistrationStore } from '../../shared/registration/adapters/dynamodb.ts';
import { createSampleCheck } from '../../shared/registration/check-samples.ts';
import { driftFacts } from '../../shared/registration/drift-event.ts';
import { createChangedSamples } from '../../shared/registration/note-changes.ts';
import { createRegistrationNotes, type NotesParts } from '../../shared/registration/notes.ts';
import { createRegistrations } from '../../shared/registration/registrations.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { withinMillis } from '../../shared/time/within.ts';
import { logger } from '../edge/logger.ts';
import { countDrift } from '../edge/sample-metrics.ts';
import { currentTrace } from '../edge/trace.ts';
import type { House } from '../house.ts';
import { serviceKeysOf } from './credentials.ts';
import { dynamoOf } from './dynamo.ts';
import type { CallsEnv, FacadeEventsEnv, SamplesTableEnv, SweepEnv, VaultEnv } from './env.ts';
import { eventSinkOf } from './facade-events.ts';
import { callAs } from './upstream.ts';

const makeStore = (house: House<SamplesTableEnv>) =>
  createDynamoRegistrationStore(dynamoOf(house), house.env.SAMPLES_TABLE);
const storeOf = (house: House<SamplesTableEnv>) => house.part(makeStore);

const makeChecks = (house: House<SamplesTableEnv>) => createDynamoCheckStore(dynamoOf(house), house.env.SAMPLES_TABLE);
const checksOf = (house: House<SamplesTableEnv>) => house.part(makeChecks);

type NotesEnv = SamplesTableEnv & FacadeEventsEnv;

const makeTell = (house: House<FacadeEventsEnv>): NotesParts['tell'] => {
  const source = eventSourceOf(house.env.STAGE);
  return async (drifted) => {
    const circumstances = {
      ...{ source, nowMillis: systemClock.nowMillis(), newId: randomUUID },
      traceId: currentTrace(),
    };
    const [refused] = await eventSinkOf(house)
      .send([toFacadeEvent(driftFacts(drifted), circumstances)])
      .catch((error: unknown) => [{ reason: (error as Error).message }]);
    if (refused) logger.warn('drift of a sample not told yet', { sampleId: drifted.sampleId, reason: refused.reason });
    else countDrift();
    return !refused;
  };
};

const makeNotes = (house: House<NotesEnv>) =>
  createRegistrationNotes({
    store: storeOf(house),
    checks: checksOf(house),
    clock: systemClock,
    tell: makeTell(house),
  });
const notesOf = (house: House<NotesEnv>) => house.part(makeNotes);

const makeRegistrations = (house: House<NotesEnv>) =>
  createRegistrations({ notes: notesOf(house), store: storeOf(house), clock: systemClock });
export const registrationsOf = (house: House<NotesEnv>) => house.part(makeRegistrations);

/** So that a look that gets no answer ends within a run. */
const mostFirstByteMillis = 20_000;

const makeCheck = (house: House<NotesEnv & CallsEnv & VaultEnv>) => {
  const firstByteMillis = Math.min(house.env.UPSTREAM_FIRST_BYTE_SECONDS * 1_000, mostFirstByteMillis);
  return createSampleCheck({
    ...{ store: storeOf(house), checks: checksOf(house), notes: notesOf(house), clock: systemClock },
    read: callAs(house, 'sample-check', backgroundProfile, serviceKeysOf(house), { firstByteMillis }).read,
    onFailure: (sampleId, error) =>
      logger.warn('look at a registered sample failed', { sampleId, error: error as Error }),
  });
};
export const sampleCheckOf = (house: House<NotesEnv & CallsEnv & VaultEnv>) => house.part(makeCheck);

/** A failure does not stop the sweep. */
const mostNoteMillis = 5_000;

/** For the change sweep. It never rejects: what is not noted, the walk over all records finds. Undefined if the stage has no registrations. */
export const noteChangedSamplesFor = (house: House<Pick<SweepEnv, 'SAMPLES_TABLE'>>) => {
  const table = house.env.SAMPLES_TABLE;
  if (table === undefined) return undefined;
  const client = dynamoOf(house);
  const store = createDynamoRegistrationStore(client, table);
  const note = createChangedSamples(store, createDynamoCheckStore(client, table), systemClock);
  return async (changes: readonly ListedChange[]): Promise<void> => {
    await withinMillis(note(changes), mostNoteMillis).catch((error: unknown) =>
      logger.warn('changed samples not noted', { error: error as Error }),
    );
  };
};
