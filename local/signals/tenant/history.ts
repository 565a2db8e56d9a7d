/** Who did what to which entity, newest first. Loaded demo entities have one entry, made when somebody asks. */
import type { Clock } from '../clock.ts';

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
  /** Oldest first. */
  of(entityId: string): readonly HistoryEntry[];
  /** Every recorded entry, oldest first. */
  all(): readonly HistoryEntry[];
}

export const createHistory = (clock: Clock): History => {
  const byEntity = new Map<string, HistoryEntry[]>();
  const entries: HistoryEntry[] = [];
  return {
    record(entity, action, userId, detail = '') {
      const entry: HistoryEntry = {
        id: String(entries.length + 1),
        entityId: entity.id,
        action,
        userId,
        atMillis: clock.nowMillis(),
        digest: entity.digest,
        detail,
      };
      entries.push(entry);
      const known = byEntity.get(entity.id);
      if (known === undefined) byEntity.set(entity.id, [entry]);
      else known.push(entry);
    },
    of: (entityId) => byEntity.get(entityId) ?? [],
    all: () => entries,
  };
};
