/** Port: the catalogue of the archive. */
import type { Claim, Order, Version } from './archive-record.ts';

export type ArchiveQuery = {
  readonly entity?: string | undefined;
  readonly notebook?: string | undefined;
  readonly closedBy?: string | undefined;
  /** `archivedAt` from this instant (ISO 8601), and before that one. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
};
type NamePage = { readonly names: readonly string[]; readonly cursor?: string };
type ClaimPage = { readonly claims: readonly Claim[]; readonly cursor?: string };
type ChainPage = { readonly claims: readonly Claim[]; readonly isMore: boolean };

/** Where the seals stand. Version 0 = nothing was sealed yet. */
export type SealState = { readonly version: number; readonly number: number; readonly sealedAtMillis: number };

/** Reads see every write that was answered before, but for `list`. Writes are of one item each. Nothing expires. */
export interface ArchiveStore {
  readOrder(name: string): Promise<Order | undefined>;
  /** Puts `after` in place of the version before it (`after.version - 1`; 1 = there is none yet). @returns false when another is there. */
  writeOrder(after: Order): Promise<boolean>;
  /** Names of orders that are open, the oldest first, and perhaps of some that are not, or of one twice. A page without a cursor is the last. */
  listOpen(cursor?: string): Promise<NamePage>;
  readVersion(eid: string, digest: string): Promise<Version | undefined>;
  /** All versions of an entity, those on their way included. */
  listVersions(eid: string): Promise<readonly Version[]>;
  /** As `writeOrder`. */
  writeVersion(after: Version): Promise<boolean>;
  /** The highest number that is claimed; 0 = none. */
  lastNumber(): Promise<number>;
  readClaim(number: number): Promise<Claim | undefined>;
  /** Claims with a higher number than this one, in the order of their numbers. Fewer than `limit` = there are no more. */
  listClaims(afterNumber: number, limit: number): Promise<readonly Claim[]>;
  /** @returns false when the number is claimed already. */
  putClaim(claim: Claim): Promise<boolean>;
  /** Lists the claim from now on: its manifest is in the bucket. Safe to repeat. */
  publish(claim: Claim): Promise<void>;
  readPublished(number: number): Promise<Claim | undefined>;
  /** Published claims, the newest first by `archivedAt`; it may lag by seconds. A page with a cursor may be short. */
  list(query: ArchiveQuery, limit: number, cursor?: string): Promise<ClaimPage>;
  /**
   * Published claims with higher numbers, in their order. It ends before the first number that is claimed and not published yet, so whoever
   * asks for what follows the last one misses none.
   */
  listAfter(number: number, limit: number): Promise<ChainPage>;
  readSeal(): Promise<SealState>;
  writeSeal(after: SealState): Promise<boolean>;
}

const mostTries = 50;
const busy = (what: string): Error => new Error(`${what} is changed all the time`);

/** Writes what `change` makes of the order as it is; undefined = it stays. @returns the order afterwards. */
export const changeOrder = async (
  store: Pick<ArchiveStore, 'readOrder' | 'writeOrder'>,
  name: string,
  change: (order: Order) => Partial<Order> | undefined,
): Promise<Order | undefined> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const order = await store.readOrder(name);
    const changed = order && change(order);
    if (!order || !changed) return order;
    const after = { ...order, ...changed, version: order.version + 1 };
    if (await store.writeOrder(after)) return after;
  }
  throw busy('The order');
};

/** As `changeOrder`, for a version that is there. */
export const changeVersion = async (
  store: Pick<ArchiveStore, 'readVersion' | 'writeVersion'>,
  { eid, digest }: Pick<Version, 'eid' | 'digest'>,
  change: (version: Version) => Partial<Version> | undefined,
): Promise<Version> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const version = await store.readVersion(eid, digest);
    if (!version) throw new Error('The record of the version is gone');
    const changed = change(version);
    if (!changed) return version;
    const after = { ...version, ...changed, version: version.version + 1 };
    if (await store.writeVersion(after)) return after;
  }
  throw busy('The version');
};
