/** Puts a hold that lasts on what was archived after it was placed. Whoever archives may put holds, and lift none. */
import { documentKey, manifestKey } from '../keys.ts';
import { changeHeld, type HeldObjects, type HoldStore, isHeld } from './hold-record.ts';

export type HoldingParts = {
  readonly holds: Pick<HoldStore, 'readHeld' | 'writeHeld'>;
  readonly objects: HeldObjects;
};

type Archived = { readonly eid: string; readonly digest: string; readonly number: number; readonly versionId: string };

/**
 * Must be called after PDF and manifest were written: whoever places a hold writes it down before it lists the objects. So either that one
 * finds them, or this one finds the hold. Safe to repeat.
 */
export const holdNewObject = async ({ holds, objects }: HoldingParts, archived: Archived): Promise<void> => {
  const { eid, digest, number, versionId } = archived;
  if (!isHeld(await holds.readHeld(eid))) return;
  await objects.setHold(documentKey(eid, digest), versionId, true);
  await objects.setHold(manifestKey(eid, digest, number), undefined, true);
  // It may have been released meanwhile. Then the flag is lifted by the function that may do so.
  const after = await holds.readHeld(eid);
  // Written also where the record is not settled: so whoever settles it now looks at the objects once more.
  if (!isHeld(after)) await changeHeld(holds, eid, (record) => (isHeld(record) ? undefined : { isSettled: false }));
};
