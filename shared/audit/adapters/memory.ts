import { type AuditLog, type AuditRange, type AuditRecord, positionOf } from '../record.ts';

const isWithin = (record: AuditRecord, { fromMillis, untilMillis, before, of }: AuditRange): boolean =>
  record.startedMillis >= fromMillis &&
  record.startedMillis < untilMillis &&
  (before === undefined || positionOf(record) < before) &&
  (of === undefined || ('consumer' in of ? record.consumer === of.consumer : record.entity === of.entity));

/** @param nowMillis decides which records may be deleted. */
export const createMemoryAuditLog = (nowMillis: () => number): AuditLog & { readonly records: AuditRecord[] } => {
  const records: AuditRecord[] = [];
  const keyOf = (record: AuditRecord): string => `${positionOf(record)}#${record.stage}`;
  return {
    records,
    async append(record) {
      if (!records.some((one) => keyOf(one) === keyOf(record))) records.push(structuredClone(record));
    },
    async read(range, most) {
      const found = records
        .filter((record) => isWithin(record, range) && record.deleteAtSeconds * 1_000 > nowMillis())
        .sort((one, other) => (keyOf(one) < keyOf(other) ? 1 : -1));
      const last = found[most - 1];
      if (!last || found.length <= most) return { records: found, next: undefined };
      // The last one's intent may be cut off: it is told by the outcome.
      return { records: found.slice(0, most), next: positionOf(last) };
    },
  };
};
