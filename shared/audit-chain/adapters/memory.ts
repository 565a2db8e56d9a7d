/** The ports of the chain in memory, for tests. */
import { canonicalJson, type JsonValue } from '../../archive/canonical-json.ts';
import { type AuditChainStore, noState, type SegmentClaim, type StoredRecords } from '../stores.ts';

type MemoryAuditChain = AuditChainStore & {
  readonly claims: ReadonlyMap<number, SegmentClaim>;
  /** As somebody with rights to write to the table could. */
  removeClaim(number: number): void;
};

export const createMemoryAuditChain = (): MemoryAuditChain => {
  const claims = new Map<number, SegmentClaim>();
  let state = noState;
  return {
    claims,
    removeClaim: (number) => void claims.delete(number),
    lastClaim: async () => claims.get(Math.max(0, ...claims.keys())),
    readClaim: async (number) => claims.get(number),
    async putClaim(claim) {
      if (claims.has(claim.number)) return false;
      claims.set(claim.number, claim);
      return true;
    },
    readState: async () => state,
    async writeState(after) {
      if (after.version !== state.version + 1) return false;
      state = after;
      return true;
    },
  };
};

type Item = { readonly sk: string } & Record<string, unknown>;

/** @param items what the log holds now: a test may change them. */
export const createMemoryStoredRecords = (items: () => readonly Item[]): StoredRecords => ({
  async page({ fromMillis, untilMillis }, after = '', most) {
    const instantOf = ({ sk }: Item): number => Date.parse(sk.slice(0, 24));
    const found = items()
      .filter((item) => instantOf(item) >= fromMillis && instantOf(item) < untilMillis && item.sk > after)
      .sort((one, other) => (one.sk < other.sk ? -1 : 1));
    const page = found.slice(0, most);
    const last = page.at(-1);
    return {
      records: page.map((item) => ({ startedMillis: instantOf(item), line: canonicalJson(item as JsonValue) })),
      next: found.length > most ? last?.sk : undefined,
      readMillis: last && found.length > most ? instantOf(last) : untilMillis,
    };
  },
});
