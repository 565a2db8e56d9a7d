/** The log of acts on entities: user, act, entity. */
import type { Clock } from '../clock.ts';
import type { Entity } from './model.ts';

export interface HistoryEntry {
  readonly id: string;
  readonly entityId: string;
  readonly action: string;
  readonly userId: string;
  readonly atMillis: number;
  readonly digest: string;
  readonly detail: string;
}

export interface History {
  record(
    entity: { readonly id: string; readonly digest: string },
    action: string,
    userId: string,
    detail?: string,
  ): void;
  /** The birth of a loaded record, at its own time. */
  load(entity: Entity): void;
  /** Oldest first. */
  of(entityId: string): readonly HistoryEntry[];
  /** Entries as `all` gave them. */
  restore(entries: readonly HistoryEntry[]): void;
  /** Every recorded entry, oldest first. */
  all(): readonly HistoryEntry[];
}

export const createHistory = (clock: Clock): History => {
  const byEntity = new Map<string, HistoryEntry[]>();
  const entries: HistoryEntry[] = [];
  const keep = (given: Omit<HistoryEntry, 'id'>) => {
    const entry: HistoryEntry = { ...given, id: String(entries.length + 1) };
    entries.push(entry);
    const known = byEntity.get(entry.entityId);
    if (known === undefined) byEntity.set(entry.entityId, [entry]);
    else known.push(entry);
  };
  return {
    record(entity, action, userId, detail = '') {
      keep({ entityId: entity.id, action, userId, atMillis: clock.nowMillis(), digest: entity.digest, detail });
    },
    load({ id, createdBy, createdAtMillis, digest }) {
      keep({ entityId: id, action: 'create', userId: createdBy, atMillis: createdAtMillis, digest, detail: '' });
    },
    restore(given) {
      for (const entry of given) keep(entry);
    },
    of: (entityId) => byEntity.get(entityId) ?? [],
    all: () => entries,
  };
};
