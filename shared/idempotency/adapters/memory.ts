import { type IdempotencyRecord, type IdempotencyStore, standsInTheWay } from '../record.ts';

export const createMemoryIdempotencyStore = (): IdempotencyStore & {
  readonly records: Map<string, IdempotencyRecord>;
} => {
  const records = new Map<string, IdempotencyRecord>();
  const holds = (name: string, { owner }: IdempotencyRecord): boolean => records.get(name)?.owner === owner;
  return {
    records,
    async begin(name, record, nowMillis) {
      const standing = records.get(name);
      const isOther = standing && standing.owner !== record.owner;
      const isAlive = standing && standing.deleteAtSeconds * 1_000 > nowMillis;
      if (isOther && isAlive && (standsInTheWay(standing, nowMillis) || standing.fingerprint !== record.fingerprint))
        return standing;
      records.set(name, record);
      return undefined;
    },
    async finish(name, record, outcome) {
      if (!holds(name, record)) return false;
      records.set(name, { ...record, outcome });
      return true;
    },
    async release(name, record) {
      if (holds(name, record)) records.delete(name);
    },
  };
};
