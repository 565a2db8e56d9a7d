import { sealArchive } from '../../../shared/archive/seal.ts';
import type { ArchiveWorld } from './world.ts';

/** Seals the chain, however lately it was sealed. */
export const seal = ({ store, bucket, signer, parts, nowMillis }: ArchiveWorld) =>
  sealArchive({ store, bucket, signer, lock: parts.lock, holding: parts.holding, nowMillis }, 0);

/** Archives the experiment as it is. */
export const archive = async (world: ArchiveWorld, cause: string): Promise<void> => {
  await world.take(cause);
  await world.work();
};
