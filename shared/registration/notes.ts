/** Keeps the records of registered samples, and tells of each drift. */
import { AppError } from '../errors/app-error.ts';
import type { Clock } from '../time/clock.ts';
import { afterLook, isLater, isOldNews, type Look, laterMark, type Noted, showsTheSame } from './look.ts';
import type { CheckStore, Mark, Registration, RegistrationStore, Suspicion } from './registration.ts';

export type NotesParts = {
  readonly store: Pick<RegistrationStore, 'read' | 'write' | 'remove'>;
  readonly checks: Pick<CheckStore, 'suspect' | 'clear'>;
  readonly clock: Clock;
  /** Sends the event of the drift. Copies have the same id. @returns false if it is not known to be on its way; a later look sends it. */
  readonly tell: (drifted: Registration) => Promise<boolean>;
};

/**
 * Longer than a mark takes, whose function ends after 60 s. A look before its end may come before its write, and then says nothing about
 * a mark that is killed after that write.
 */
const markMillis = 90_000;

/** More writers of one record at the same time are refused. */
const mostTries = 8;

const unavailable = (why: string): AppError =>
  new AppError('REGISTRATIONS_UNAVAILABLE', { detail: `${why} Try again in 1 s.`, retryAfterSeconds: 1 });

const isUntold = (record: Registration | undefined): record is Registration => record?.drift?.isTold === false;

const isSameDrift = (one: Registration, other: Registration | undefined): boolean =>
  one.drift?.sinceMillis === other?.drift?.sinceMillis;

/** The record to write; undefined = it is to be removed. */
type Change = { readonly after: Noted | undefined };

/**
 * Each drift is told at least once, whatever ends this process when. Nobody replaces a record whose drift is untold: it is told first.
 * The suspicion is there before the record of the drift, so that the check of samples soon looks at a sample whose event was not sent.
 */
export const createRegistrationNotes = ({ store, checks, clock, tell }: NotesParts) => {
  const suspect = async (sampleId: string, reason: Suspicion['reason'], waitMillis = 0): Promise<Suspicion> => {
    const notedAtMillis = clock.nowMillis();
    const suspicion = { sampleId, reason, notedAtMillis, dueAtMillis: notedAtMillis + waitMillis, tries: 0 };
    await checks.suspect(suspicion);
    return suspicion;
  };

  /** @returns the record as it was written; undefined = another one is there. */
  const write = async (noted: Noted, before: Registration | undefined): Promise<Registration | undefined> => {
    const record = { ...noted, version: before === undefined ? clock.nowMillis() : before.version + 1 };
    return (await store.write(record, before?.version ?? 0)) ? record : undefined;
  };

  /** Sends the event and, if that succeeds, writes it down. @returns the record afterwards. */
  const tellOf = async (drifted: Registration): Promise<Registration | undefined> => {
    if (!(await tell(drifted))) return drifted;
    let record: Registration | undefined = drifted;
    for (let tries = 0; tries < mostTries; tries += 1) {
      if (!isUntold(record) || !isSameDrift(drifted, record)) return record;
      const { drift, ...rest } = record;
      const told = await write({ ...rest, drift: drift && { ...drift, isTold: true } }, record);
      if (told) return told;
      record = await store.read(drifted.sampleId);
    }
    return record;
  };

  /** The record, whose drift has been told if that was possible. */
  const readTold = async (sampleId: string): Promise<Registration | undefined> => {
    const record = await store.read(sampleId);
    return isUntold(record) ? tellOf(record) : record;
  };

  const writeDrift = async (drifted: Noted, before: Registration | undefined): Promise<Registration | undefined> => {
    const suspicion = await suspect(drifted.sampleId, 'drift');
    const record = await write(drifted, before);
    if (record === undefined) return undefined;
    const told = await tellOf(record);
    if (!isUntold(told)) await checks.clear(suspicion);
    return told ?? record;
  };

  /** @returns undefined = another record is there than `before`. */
  const carryOut = async ({ after }: Change, before: Registration | undefined) => {
    if (after !== undefined) {
      const isNewDrift = after.drift?.isTold === false;
      const record = await (isNewDrift ? writeDrift : write)(after, before);
      return record && { record };
    }
    const isGone = before === undefined || (await store.remove(before.sampleId, before.version));
    return isGone ? { record: undefined } : undefined;
  };

  /**
   * @param change undefined = the record is as it should be. @returns the record afterwards; `isKept` = it stays as it was, because its
   * drift could not be told. @throws AppError REGISTRATIONS_UNAVAILABLE.
   */
  const update = async (
    sampleId: string,
    change: (before: Registration | undefined) => Change | undefined,
  ): Promise<{ readonly record: Registration | undefined; readonly isKept?: true }> => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const before = await readTold(sampleId);
      if (isUntold(before)) return { record: before, isKept: true };
      const changed = change(before);
      if (changed === undefined) return { record: before };
      const done = await carryOut(changed, before);
      if (done) return done;
    }
    throw unavailable('Others write the record of this sample.');
  };

  return {
    /** If this process ends before it is cleared, the check of samples looks at the sample when no mark of now is under way any more. */
    suspectMark: (sampleId: string): Promise<Suspicion> => suspect(sampleId, 'mark', markMillis),
    clear: (suspicion: Suspicion): Promise<void> => checks.clear(suspicion),

    /**
     * Notes what a look has shown. One that overlaps another look and shows something else decides nothing, and is repeated soon.
     * @returns the record afterwards; undefined = there is none.
     */
    async noteLook(look: Look): Promise<Registration | undefined> {
      let isDoubtful = false;
      const { record } = await update(look.sampleId, (before) => {
        isDoubtful = !isLater(look, before) && !showsTheSame(look, before);
        return isLater(look, before) && !isOldNews(look, before) ? { after: afterLook(look, before) } : undefined;
      });
      if (isDoubtful) await suspect(look.sampleId, 'change');
      return record;
    },

    /** Notes a mark, and the look that has confirmed it. @throws AppError REGISTRATIONS_UNAVAILABLE: it was not noted. */
    async noteMark(look: Look, mark: Mark): Promise<Registration | undefined> {
      let isDoubtful = false;
      const { record, isKept } = await update(look.sampleId, (before) => {
        isDoubtful = !isLater(look, before) && !showsTheSame(look, before);
        const after = before === undefined || isLater(look, before) ? afterLook(look, before) : before;
        return { after: after && { ...after, mark: laterMark(before?.mark, mark) } };
      });
      if (isKept) throw unavailable('An earlier drift of this sample cannot be told now.');
      if (isDoubtful) await suspect(look.sampleId, 'change');
      return record;
    },

    /** Notes a look in vain, unless a later one has shown the sample. @param isAbsent the tenant does not show it. */
    async noteMiss(sampleId: string, askedAtMillis: number, isAbsent: boolean): Promise<void> {
      const missedAtMillis = clock.nowMillis();
      await update(sampleId, (before) => {
        if (before === undefined || before.seenAtMillis > askedAtMillis) return undefined;
        const absence = isAbsent ? { absentSinceMillis: before.absentSinceMillis ?? missedAtMillis } : {};
        return { after: { ...before, missedAtMillis, ...absence } };
      });
    },
  };
};
export type RegistrationNotes = ReturnType<typeof createRegistrationNotes>;
