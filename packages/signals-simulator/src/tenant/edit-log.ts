/**
 * Entities of each type in the order of their last change, so that a listing, newest first, reads only its page.
 * A change appends; the entity's older entry goes stale and is dropped when stale ones outnumber the live.
 */
import type { Entity } from './model.ts';

interface Entry {
  readonly entity: Entity;
  readonly sequence: number;
}

interface TypeLog {
  entries: Entry[];
  liveCount: number;
}

export interface EditLog {
  add(entity: Entity): void;
  /** Moves the entity to the newest place. */
  touch(entity: Entity): void;
  remove(entity: Entity): void;
  /** Entities of these types, last changed first. */
  newestFirst(types: readonly string[]): Iterable<Entity>;
  types(): readonly string[];
}

const isLive = (entry: Entry) => entry.entity.sequence === entry.sequence;

const compact = (log: TypeLog) => {
  if (log.entries.length < 2 * log.liveCount + 64) return;
  log.entries = log.entries.filter(isLive);
};

export const createEditLog = (): EditLog => {
  const logs = new Map<string, TypeLog>();
  let lastSequence = 0;

  const append = (log: TypeLog, entity: Entity) => {
    lastSequence += 1;
    entity.sequence = lastSequence;
    log.entries.push({ entity, sequence: lastSequence });
    compact(log);
  };

  const logOf = (type: string): TypeLog => {
    const known = logs.get(type);
    if (known !== undefined) return known;
    const log: TypeLog = { entries: [], liveCount: 0 };
    logs.set(type, log);
    return log;
  };

  function* newestFirst(types: readonly string[]): Iterable<Entity> {
    const heads = types.flatMap((type) => {
      const log = logs.get(type);
      return log === undefined ? [] : [{ entries: log.entries, index: log.entries.length - 1 }];
    });
    for (;;) {
      let newest: { entries: Entry[]; index: number } | undefined;
      let newestEntry: Entry | undefined;
      for (const head of heads) {
        let entry = head.entries[head.index];
        while (entry !== undefined && !isLive(entry)) {
          head.index -= 1;
          entry = head.entries[head.index];
        }
        if (entry !== undefined && (newestEntry === undefined || entry.sequence > newestEntry.sequence)) {
          newest = head;
          newestEntry = entry;
        }
      }
      if (newest === undefined || newestEntry === undefined) return;
      newest.index -= 1;
      yield newestEntry.entity;
    }
  }

  return {
    add(entity) {
      const log = logOf(entity.type);
      log.liveCount += 1;
      append(log, entity);
    },
    touch: (entity) => append(logOf(entity.type), entity),
    remove(entity) {
      const log = logOf(entity.type);
      log.liveCount -= 1;
      entity.sequence = -1;
      compact(log);
    },
    newestFirst,
    types: () => [...logs.keys()],
  };
};
