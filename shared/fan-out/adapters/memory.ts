/** Stores of the fan-out in memory, for tests. */
import type { LatestMark, LatestStore } from '../latest-store.ts';
import type { DeadLetter, PendingDelivery, PendingStore, Slice } from '../pending.ts';
import { isUnderWay, type Replay, type ReplayStore } from '../replay-store.ts';
import type { Searched, WakeStore } from '../wake-store.ts';
import { afterEntity, deadKey, entityPrefix, pendingKey } from './pending-key.ts';

/** Sorted by key, from behind the cursor on. */
const sliceOf = <Item>(items: ReadonlyMap<string, Item>, limit: number, cursor = ''): Slice<Item> => {
  const keys = [...items.keys()].filter((key) => key > cursor).sort();
  const found = keys.slice(0, limit);
  return {
    items: found.map((key) => structuredClone(items.get(key) as Item)),
    ...(keys.length > limit ? { cursor: found.at(-1) } : {}),
  };
};

const mapOf = <Item>(maps: Map<string, Map<string, Item>>, name: string): Map<string, Item> => {
  const map = maps.get(name) ?? new Map<string, Item>();
  maps.set(name, map);
  return map;
};

export const createMemoryPendingStore = (): PendingStore => {
  const pending = new Map<string, Map<string, PendingDelivery>>();
  const dead = new Map<string, Map<string, DeadLetter>>();
  return {
    async put(one) {
      mapOf(pending, one.subscriptionId).set(pendingKey(one), structuredClone(one));
    },
    async remove(one) {
      mapOf(pending, one.subscriptionId).delete(pendingKey(one));
    },
    async list(subscriptionId, entity, limit) {
      const all = mapOf(pending, subscriptionId);
      const keys = [...all.keys()].filter((key) => key.startsWith(entityPrefix(entity))).sort();
      return keys.slice(0, limit).map((key) => structuredClone(all.get(key) as PendingDelivery));
    },
    page: async (subscriptionId, limit, cursor) => sliceOf(mapOf(pending, subscriptionId), limit, cursor),
    behind: async (subscriptionId, entity, limit) =>
      sliceOf(mapOf(pending, subscriptionId), limit, afterEntity(entity)).items,
    async bury(letter) {
      mapOf(dead, letter.subscriptionId).set(deadKey(letter), structuredClone(letter));
    },
    async unbury(letter) {
      mapOf(dead, letter.subscriptionId).delete(deadKey(letter));
    },
    dead: async (subscriptionId, limit, cursor) => sliceOf(mapOf(dead, subscriptionId), limit, cursor),
  };
};

export const createMemoryLatestStore = (): LatestStore => {
  const marks = new Map<string, Map<string, LatestMark>>();
  return {
    read: async (subscriptionId, entity) => mapOf(marks, subscriptionId).get(entity),
    async write(mark) {
      mapOf(marks, mark.subscriptionId).set(mark.entity, structuredClone(mark));
    },
    async remove(subscriptionId, entity) {
      mapOf(marks, subscriptionId).delete(entity);
    },
    list: async (subscriptionId, limit, cursor) => sliceOf(mapOf(marks, subscriptionId), limit, cursor),
  };
};

export const createMemoryReplayStore = (): ReplayStore => {
  const replays = new Map<string, Replay>();
  const keyOf = (subscriptionId: string, id: string): string => `${subscriptionId}#${id}`;
  return {
    read: async (subscriptionId, id) => replays.get(keyOf(subscriptionId, id)),
    list: async (subscriptionId) =>
      [...replays.values()]
        .filter((replay) => replay.subscriptionId === subscriptionId)
        .toSorted((one, other) => other.createdAtMillis - one.createdAtMillis)
        .slice(0, 100),
    underWay: async () => [...replays.values()].filter(isUnderWay),
    async write(replay) {
      const key = keyOf(replay.subscriptionId, replay.id);
      if ((replays.get(key)?.version ?? 0) !== replay.version - 1) return false;
      replays.set(key, structuredClone(replay));
      return true;
    },
  };
};

export const createMemoryWakeStore = (): WakeStore => {
  let searched: Searched | undefined;
  const cursors = new Map<string, string>();
  return {
    readSearched: async () => searched,
    async writeSearched(now) {
      searched = structuredClone(now);
    },
    readCursors: async () => new Map(cursors),
    async writeCursor(name, cursor) {
      if (cursor === undefined) cursors.delete(name);
      else cursors.set(name, cursor);
    },
  };
};
