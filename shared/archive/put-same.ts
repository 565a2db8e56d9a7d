/** Puts a small object whose bytes are known before, or finds it there. */
import type { ArchiveBucket } from './archive-bucket.ts';
import type { Lock } from './archive-record.ts';
import { lockToExtend } from './lock-policy.ts';

export type PutSameBucket = Pick<ArchiveBucket, 'putOnce' | 'read' | 'extendLock'>;

/** An object that was there before is held at least as long as one that is written now. @throws Error when something else is there. */
export const putSame = async (
  bucket: PutSameBucket,
  key: string,
  bytes: Buffer,
  mediaType: string,
  lock: Lock,
): Promise<void> => {
  if (await bucket.putOnce(key, bytes, mediaType, lock)) return;
  const found = await bucket.read(key);
  if (!found) throw new Error(`${key} was not written`);
  const there = Buffer.concat(await found.body.toArray());
  if (!there.equals(bytes)) throw new Error(`The archive holds another ${key} than the catalogue`);
  const longer = lockToExtend(found, lock);
  if (longer) await bucket.extendLock(key, found.versionId, longer);
};
