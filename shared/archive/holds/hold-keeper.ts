/** Brings the objects of the archive in line with the holds that are written down. Nobody else lifts the flag of an object. */
import type { ArchiveStore } from '../archive-store.ts';
import { manifestOf } from '../claim.ts';
import { documentKey, manifestKey } from '../keys.ts';
import { type HeldObjects, type HoldStore, isHeld } from './hold-record.ts';

export type KeeperParts = {
  readonly holds: HoldStore;
  readonly store: Pick<ArchiveStore, 'listVersions' | 'readClaim'>;
  readonly objects: HeldObjects;
};

const heldOfPage = 100;
/** Somebody may change the record while its objects are set. */
const mostRounds = 20;

export const createHoldKeeper = ({ holds, store, objects }: KeeperParts) => {
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

  /** An object that is not there yet gets its flag when it is written (hold-new-object.ts). */
  const settle = async (eid: string): Promise<void> => {
    for (let round = 0; round < mostRounds; round += 1) {
      const record = await holds.readHeld(eid);
      if (!record || record.isSettled) return;
      for (const { key, versionId } of await objectsOf(eid)) await objects.setHold(key, versionId, isHeld(record));
      if (await holds.writeHeld({ ...record, isSettled: true, version: record.version + 1 })) return;
    }
    throw new Error(`The holds of ${eid} are changed all the time`);
  };

  return {
    /** @throws AggregateError when some could not be set; all others are. */
    async run(): Promise<{ readonly settled: number }> {
      const faults: unknown[] = [];
      let settled = 0;
      let cursor: string | undefined;
      do {
        const page: Awaited<ReturnType<HoldStore['listHeld']>> = await holds.listHeld(heldOfPage, cursor);
        for (const { eid } of page.held.filter(({ isSettled }) => !isSettled))
          await settle(eid).then(
            () => {
              settled += 1;
            },
            (error: unknown) => void faults.push(error),
          );
        cursor = page.cursor;
      } while (cursor !== undefined);
      if (faults.length > 0) throw new AggregateError(faults, `${faults.length} holds could not be set: ${faults[0]}`);
      return { settled };
    },
  };
};
