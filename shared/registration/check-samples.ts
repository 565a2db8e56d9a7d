/** The check of registered samples: looks at those that may have changed, and walks over all others, a few in each run. */
import { AppError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import type { Clock } from '../time/clock.ts';
import type { RegistrationNotes } from './notes.ts';
import { pathOfProperties, toDigests } from './read-sample.ts';
import type { CheckStore, Digests, Registration, RegistrationStore, Suspicion } from './registration.ts';

export type CheckBounds = {
  /** Calls of one run. */
  readonly mostLooks: number;
  /** Of these, for suspicions: the walk goes on whatever is suspected. */
  readonly mostSuspicions: number;
  /** Records that the walk passes in one run. */
  readonly mostPassed: number;
  /** The walk passes over a sample that was seen within this time. */
  readonly freshMillis: number;
  /** Looks at a suspicion that may fail. */
  readonly mostTries: number;
};

/** With a run a minute, 2 % of a tenant's 1,000 calls at most. */
export const defaultCheckBounds: CheckBounds = {
  mostLooks: 20,
  mostSuspicions: 15,
  mostPassed: 100,
  freshMillis: 600_000,
  mostTries: 5,
};

type Answer = { readonly status: number; readonly body: Uint8Array };

export type CheckParts = {
  readonly store: Pick<RegistrationStore, 'walk'>;
  readonly checks: CheckStore;
  readonly notes: Pick<RegistrationNotes, 'noteLook' | 'noteAbsence'>;
  /** Reads a path of the tenant as the facade itself. */
  readonly read: (path: string) => Promise<Answer>;
  readonly clock: Clock;
  readonly bounds?: CheckBounds;
  /** Called with a look that failed. */
  readonly onFailure: (sampleId: string, error: unknown) => void;
};

export type CheckReport = {
  readonly looks: number;
  readonly failed: number;
  /** True = the run ended early, because the tenant or the budget takes no calls now. */
  readonly isCut: boolean;
};

/** What meets every call. All other failures are about one sample. */
const ending: ReadonlySet<ErrorCode> = new Set([
  ...(['TOO_MANY_REQUESTS', 'QUOTA_UNAVAILABLE', 'CREDENTIAL_UNAVAILABLE', 'CREDENTIAL_STORE_UNAVAILABLE'] as const),
  ...(['KEY_SERVICE_UNAVAILABLE', 'UPSTREAM_UNREACHABLE', 'UPSTREAM_LATE', 'REGISTRATIONS_UNAVAILABLE'] as const),
]);

const isEnding = (error: unknown): boolean => error instanceof AppError && ending.has(error.code);

const parse = ({ status, body }: Answer): Digests => {
  if (status === 429) throw new AppError('TOO_MANY_REQUESTS', { detail: 'The tenant takes no more calls now.' });
  if (status !== 200) throw new AppError('UPSTREAM_UNREADABLE', { detail: `The tenant answered ${status}.` });
  try {
    return toDigests(JSON.parse(Buffer.from(body).toString()));
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('UPSTREAM_UNREADABLE', { cause: error });
  }
};

export const createSampleCheck = (parts: CheckParts) => {
  const { store, checks, notes, read, clock, onFailure, bounds = defaultCheckBounds } = parts;

  const lookAt = async (sampleId: string): Promise<void> => {
    const askedAtMillis = clock.nowMillis();
    const answer = await read(pathOfProperties(sampleId));
    if (answer.status === 404 || answer.status === 410) return notes.noteAbsence(sampleId);
    const digests = parse(answer);
    await notes.noteLook({ sampleId, ...digests, askedAtMillis, answeredAtMillis: clock.nowMillis() });
  };

  /** Looks at one sample. @returns the failure that meets this sample alone. @throws what meets every call. */
  const tryLook = async (sampleId: string): Promise<{ readonly failure?: unknown }> => {
    try {
      await lookAt(sampleId);
      return {};
    } catch (error) {
      if (isEnding(error)) throw error;
      onFailure(sampleId, error);
      return { failure: error };
    }
  };

  /** One that fails again and again is left to the walk. */
  const giveUpLater = async (suspicion: Suspicion): Promise<void> => {
    const tries = suspicion.tries + 1;
    await (tries < bounds.mostTries ? checks.suspect({ ...suspicion, tries }) : checks.clear(suspicion));
  };

  const isDue = ({ seenAtMillis, drift }: Registration): boolean =>
    drift?.isTold === false || clock.nowMillis() >= seenAtMillis + bounds.freshMillis;

  /** One run. Two at the same time do no harm. @throws what the stores throw. */
  const run = async (): Promise<CheckReport> => {
    const report = { looks: 0, failed: 0 };
    const look = async (sampleId: string): Promise<boolean> => {
      report.looks += 1;
      const isFailed = 'failure' in (await tryLook(sampleId));
      if (isFailed) report.failed += 1;
      return !isFailed;
    };

    const lookAtSuspicions = async (): Promise<void> => {
      for (const suspicion of await checks.suspicions(bounds.mostSuspicions)) {
        if (await look(suspicion.sampleId)) await checks.clear(suspicion);
        else await giveUpLater(suspicion);
      }
    };

    /** @param onPassed called with the position behind which the next walk begins. Behind the last record is the first one. */
    const walkBehind = async (position: string, onPassed: (sampleId: string) => void): Promise<void> => {
      const records = await store.walk(position, bounds.mostPassed);
      for (const record of records) {
        if (isDue(record)) {
          if (report.looks >= bounds.mostLooks) return;
          await look(record.sampleId);
        }
        onPassed(record.sampleId);
      }
      if (records.length < bounds.mostPassed) onPassed('');
    };

    const walk = async (): Promise<void> => {
      const before = await checks.readPosition();
      let position = before;
      try {
        await walkBehind(position, (sampleId) => {
          position = sampleId;
        });
      } finally {
        if (position !== before) await checks.writePosition(position);
      }
    };

    try {
      await lookAtSuspicions();
      await walk();
      return { ...report, isCut: false };
    } catch (error) {
      if (!isEnding(error)) throw error;
      return { ...report, isCut: true };
    }
  };
  return { run };
};
