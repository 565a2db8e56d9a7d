/** Brings the objects of the archive in line with the holds that are written down. Nobody else lifts the flag of an object. */
import { randomUUID } from 'node:crypto';
import type { ArchiveStore } from '../archive-store.ts';
import { manifestOf } from '../claim.ts';
import { documentKey, manifestKey } from '../keys.ts';
import { changeHeld, type HeldEntity, type HeldObjects, type HoldStore, isHeld } from './hold-record.ts';

export type KeeperParts = {
  readonly holds: HoldStore;
  readonly store: Pick<ArchiveStore, 'listVersions' | 'readClaim'>;
  readonly objects: HeldObjects;
  readonly nowMillis: () => number;
  /** Experiments whose holds a run has left to the next one: it has failed, or another run is or was at work on them. */
  readonly countNotSet: (experiments: number) => void;
};

type Worker = NonNullable<HeldEntity['workers']>[number];
/** Longer than any run: Lambda ends the function `holder` sooner (infra/capabilities/archive.ts), and a clock may be wrong by some minutes. */
export const longestRunMillis = 600_000;

/** Runs that may still be at work. */
const othersIn = ({ workers = [] }: HeldEntity, own: string, nowMillis: number): Worker[] =>
  workers.filter(({ id, untilMillis }) => id !== own && untilMillis > nowMillis);

const heldOfPage = 100;
/** Somebody may change the record while its objects are set. */
const mostRounds = 20;

export const createHoldKeeper = ({ holds, store, objects, nowMillis, countNotSet }: KeeperParts) => {
  /** Every PDF of the experiment, with its manifest where that is written. */
  const objectsOf = async (eid: string) => {
    const found: { readonly key: string; readonly versionId: string | undefined }[] = [];
    for (const { digest, stored, number } of await store.listVersions(eid)) {
      if (stored) found.push({ key: documentKey(eid, digest), versionId: stored.versionId });
      const claim = number === undefined ? undefined : await store.readClaim(number);
      const manifest = claim && manifestOf(claim);
      // A number that is only wanted may have been given to another version.
      if (manifest?.eid === eid && manifest.digest === digest)
        found.push({ key: manifestKey(eid, digest, manifest.number), versionId: undefined });
    }
    return found;
  };

  const enter = (eid: string, worker: Worker): Promise<HeldEntity> =>
    changeHeld(holds, eid, (record) =>
      record.isSettled ? undefined : { workers: [...othersIn(record, worker.id, nowMillis()), worker] },
    );

  /** @returns the record afterwards; undefined = somebody has changed it since. */
  const leave = async (record: HeldEntity, id: string): Promise<HeldEntity | undefined> => {
    const workers = othersIn(record, id, nowMillis());
    const after = { ...record, workers, isSettled: workers.length === 0, version: record.version + 1 };
    return (await holds.writeHeld(after)) ? after : undefined;
  };

  /**
   * An object that is not there yet gets its flag when it is written (hold-new-object.ts). S3 takes a flag without a condition, so runs that
   * overlap undo each other's work. Hence a run notes itself in the record before it touches an object, and none says that all is set while
   * the note of another lasts. Whoever died has left its note, so its work is done again.
   * @returns whether the record is settled.
   */
  const settle = async (eid: string): Promise<boolean> => {
    const worker = { id: randomUUID(), untilMillis: nowMillis() + longestRunMillis };
    let record: HeldEntity | undefined = await enter(eid, worker);
    for (let round = 0; round < mostRounds; round += 1) {
      // Settled before it began, or its own last write has arrived although the answer was lost.
      if (!record?.workers?.some(({ id }) => id === worker.id)) return record?.isSettled ?? true;
      for (const { key, versionId } of await objectsOf(eid)) await objects.setHold(key, versionId, isHeld(record));
      const left = await leave(record, worker.id);
      if (left) return left.isSettled;
      record = await holds.readHeld(eid);
    }
    throw new Error(`The holds of ${eid} are changed all the time`);
  };

  return {
    /** @throws AggregateError when some could not be set; all others are. */
    async run(): Promise<{ readonly settled: number }> {
      const faults: unknown[] = [];
      let [settled, left] = [0, 0];
      let cursor: string | undefined;
      do {
        const page: Awaited<ReturnType<HoldStore['listHeld']>> = await holds.listHeld(heldOfPage, cursor);
        for (const { eid } of page.held.filter(({ isSettled }) => !isSettled))
          await settle(eid).then(
            (isSettled) => {
              if (isSettled) settled += 1;
              else left += 1;
            },
            (error: unknown) => void faults.push(error),
          );
        cursor = page.cursor;
      } while (cursor !== undefined);
      countNotSet(left + faults.length);
      if (faults.length > 0) throw new AggregateError(faults, `${faults.length} holds could not be set: ${faults[0]}`);
      return { settled };
    },
  };
};
