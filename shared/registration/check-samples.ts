/** The check of registered samples: looks at those that may have changed, and walks over all others, a few in each run. */
import { AppError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import type { Clock } from '../time/clock.ts';
import type { RegistrationNotes } from './notes.ts';
import { pathOfProperties, toDigests } from './read-sample.ts';
import {
  type CheckStore,
  type Digests,
  placeOfSuspicion,
  type Registration,
  type RegistrationStore,
  type Suspicion,
  type Walk,
} from './registration.ts';

export type CheckBounds = {
  /** Calls of one run. */
  readonly mostLooks: number;
  /** Of these, for suspicions: the walk goes on whatever is suspected. */
  readonly mostSuspicions: number;
  /** Records, and suspicions, that one run passes. */
  readonly mostPassed: number;
  /** The walk passes over a sample that was looked at within this time. */
  readonly freshMillis: number;
  /** Looks at a suspicion that may fail. The pauses between them double. */
  readonly mostTries: number;
  readonly firstPauseMillis: number;
  /** A run begins no look after this time. */
  readonly mostMillis: number;
};

/** With a run a minute, 2 % of a tenant's 1,000 calls at most. */
export const defaultCheckBounds: CheckBounds = {
  mostLooks: 20,
  mostSuspicions: 15,
  mostPassed: 100,
  freshMillis: 600_000,
  // The last try is about a day and a half after the first one, so that a failure of the tenant for a night loses none.
  mostTries: 12,
  firstPauseMillis: 60_000,
  mostMillis: 60_000,
};

type Answer = { readonly status: number; readonly body: Uint8Array };

export type CheckParts = {
  readonly store: Pick<RegistrationStore, 'walk'>;
  readonly checks: CheckStore;
  readonly notes: Pick<RegistrationNotes, 'noteLook' | 'noteMiss'>;
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
  /** True = the run ended early: the tenant or the budget takes no calls now, or its time is over. */
  readonly isCut: boolean;
};

/** What meets every call. All other failures are about one sample. */
const ending: ReadonlySet<ErrorCode> = new Set([
  ...(['TOO_MANY_REQUESTS', 'QUOTA_UNAVAILABLE', 'CREDENTIAL_UNAVAILABLE', 'CREDENTIAL_STORE_UNAVAILABLE'] as const),
  ...(['KEY_SERVICE_UNAVAILABLE', 'UPSTREAM_UNREACHABLE', 'UPSTREAM_LATE', 'REGISTRATIONS_UNAVAILABLE'] as const),
]);

/** What ends the run, and may be about this sample alone: the next run goes on behind it. */
const passed: ReadonlySet<ErrorCode> = new Set(['UPSTREAM_UNREACHABLE', 'UPSTREAM_LATE']);

const isPassed = (error: unknown): boolean => error instanceof AppError && passed.has(error.code);

const isEnding = (error: unknown): boolean => error instanceof AppError && ending.has(error.code);

/** The tenant shows the service account no such sample. */
const absent: ReadonlySet<number> = new Set([403, 404, 410]);

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

  const lookAt = async (sampleId: string, askedAtMillis: number): Promise<void> => {
    const answer = await read(pathOfProperties(sampleId));
    if (absent.has(answer.status)) return notes.noteMiss(sampleId, askedAtMillis, true);
    const digests = parse(answer);
    await notes.noteLook({ sampleId, ...digests, askedAtMillis, answeredAtMillis: clock.nowMillis() });
  };

  /** @returns false for a failure that meets this sample alone. @throws what meets every call. */
  const tryLook = async (sampleId: string): Promise<boolean> => {
    const askedAtMillis = clock.nowMillis();
    try {
      await lookAt(sampleId, askedAtMillis);
      return true;
    } catch (error) {
      if (isEnding(error) && !isPassed(error)) throw error;
      onFailure(sampleId, error);
      await notes.noteMiss(sampleId, askedAtMillis, false);
      if (isPassed(error)) throw error;
      return false;
    }
  };

  /** One that fails again and again is left to the walk. */
  const tryLater = async (suspicion: Suspicion): Promise<void> => {
    const tries = suspicion.tries + 1;
    const dueAtMillis = clock.nowMillis() + bounds.firstPauseMillis * 2 ** suspicion.tries;
    await (tries < bounds.mostTries ? checks.postpone({ ...suspicion, tries, dueAtMillis }) : checks.clear(suspicion));
  };

  const isDue = ({ seenAtMillis, missedAtMillis = 0, drift }: Registration): boolean =>
    drift?.isTold === false || clock.nowMillis() >= Math.max(seenAtMillis, missedAtMillis) + bounds.freshMillis;

  /** One run. Two at the same time do no harm. @throws what the stores throw. */
  const run = async (): Promise<CheckReport> => {
    const report = { looks: 0, failed: 0, isCut: false };
    const endMillis = clock.nowMillis() + bounds.mostMillis;

    /** @returns undefined = the run looks at nothing more. */
    const look = async (sampleId: string, mostLooks: number): Promise<boolean | undefined> => {
      report.isCut ||= clock.nowMillis() >= endMillis;
      if (report.isCut || report.looks >= mostLooks) return undefined;
      report.looks += 1;
      const isSeen = await tryLook(sampleId);
      if (!isSeen) report.failed += 1;
      return isSeen;
    };

    /**
     * Goes on behind the place where the last run stopped, so that each has its turn.
     * @param visit looks at one if it is due. @returns false = the run has no look left for it.
     */
    const goOn = async <Place>(
      walk: Walk,
      list: (limit: number, behind: string) => Promise<readonly Place[]>,
      placeOf: (one: Place) => string,
      visit: (one: Place) => Promise<boolean>,
    ): Promise<void> => {
      const before = await checks.readPosition(walk);
      let position = before;
      try {
        const listed = await list(bounds.mostPassed, before);
        for (const one of listed) {
          const isVisited = await visit(one).catch((error: unknown) => {
            if (isPassed(error)) position = placeOf(one);
            throw error;
          });
          if (!isVisited) return;
          position = placeOf(one);
        }
        if (listed.length < bounds.mostPassed) position = '';
      } finally {
        if (position !== before) await checks.writePosition(walk, position);
      }
    };

    const visitSuspicion = async (suspicion: Suspicion): Promise<boolean> => {
      if (clock.nowMillis() < suspicion.dueAtMillis) return true;
      const isSeen = await look(suspicion.sampleId, bounds.mostSuspicions).catch(async (error: unknown) => {
        if (isPassed(error)) await tryLater(suspicion);
        throw error;
      });
      if (isSeen === true) await checks.clear(suspicion);
      if (isSeen === false) await tryLater(suspicion);
      return isSeen !== undefined;
    };

    const visitRecord = async (record: Registration): Promise<boolean> =>
      !isDue(record) || (await look(record.sampleId, bounds.mostLooks)) !== undefined;

    try {
      await goOn('suspicions', checks.suspicions, placeOfSuspicion, visitSuspicion);
      await goOn(
        'records',
        (limit, behind) => store.walk(behind, limit),
        ({ sampleId }) => sampleId,
        visitRecord,
      );
      return report;
    } catch (error) {
      if (!isEnding(error)) throw error;
      return { ...report, isCut: true };
    }
  };
  return { run };
};
