/** Keeps everything in memory, as JSON where the other adapter does, for tests. */
import { createHash } from 'node:crypto';
import type { Clock } from '../../time/clock.ts';
import {
  type Dispatched,
  type EntityHead,
  type Entry,
  keptMillis,
  type Ledger,
  type MalformedEntry,
  noHead,
  type Page,
  type Range,
} from '../ledger.ts';
import type { Notification } from '../notification.ts';
import { dayOf, spanOf, toPosition } from './receipt-order.ts';

type Kept = { readonly text: string; readonly position: string; readonly writer: string; dispatched?: Dispatched };
type Placed<Item> = { readonly item: Item; readonly position: string };

const pageOf = <Item>(all: readonly Placed<Item>[], range: Range, nowMillis: number): Page<Item> => {
  const { from, until } = spanOf(range, nowMillis);
  const isForward = range.order === 'oldest-first';
  const found = all
    .filter(({ position }) => position >= from && position <= until && position !== range.cursor)
    .sort((one, other) => (one.position < other.position === isForward ? -1 : 1));
  const page = found.slice(0, range.limit);
  const entries = page.map(({ item }) => item);
  return found.length > page.length ? { entries, cursor: page.at(-1)?.position } : { entries };
};

export const createMemoryLedger = (clock: Clock): Ledger => {
  const kept = new Map<string, Kept>();
  const heads = new Map<string, EntityHead>();
  const malformed = new Map<string, MalformedEntry>();

  const toEntry = ({ text, dispatched }: Kept): Entry => {
    const notification = JSON.parse(text) as Notification;
    return dispatched ? { notification, dispatched: structuredClone(dispatched) } : { notification };
  };

  return {
    async keep(notification, writer) {
      const present = kept.get(notification.id);
      if (present) return present.writer === writer ? 'new' : 'known';
      const position = toPosition(notification.receivedAtMillis, notification.id);
      kept.set(notification.id, { text: JSON.stringify(notification), position, writer });
      return 'new';
    },
    async read(id) {
      const entry = kept.get(id);
      if (!entry) return undefined;
      const found = toEntry(entry);
      return found.notification.receivedAtMillis > clock.nowMillis() - keptMillis ? found : undefined;
    },
    async list(range) {
      const all = [...kept.values()].map((one) => ({ item: one, position: one.position }));
      const { entries, ...more } = pageOf(all, range, clock.nowMillis());
      return { entries: entries.map(toEntry), ...more };
    },
    async readHead(entity) {
      return structuredClone(heads.get(entity) ?? noHead);
    },
    async writeHead(entity, head, expectedVersion) {
      const standing = heads.get(entity) ?? noHead;
      if (standing.version !== expectedVersion) return JSON.stringify(standing) === JSON.stringify(head);
      heads.set(entity, structuredClone(head));
      return true;
    },
    async writeDispatched(id, dispatched, onlyFirst = false) {
      const entry = kept.get(id);
      if (entry && !(onlyFirst && entry.dispatched)) entry.dispatched = structuredClone(dispatched);
    },
    async keepMalformed(bytes, reason) {
      const receivedAtMillis = clock.nowMillis();
      const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
      const id = `${dayOf(receivedAtMillis)}-${hash}`;
      if (!malformed.has(id)) malformed.set(id, { id, receivedAtMillis, reason, bytes: new Uint8Array(bytes) });
      return id;
    },
    async listMalformed(range) {
      const all = [...malformed.values()].map((item) => ({
        item,
        position: toPosition(item.receivedAtMillis, item.id),
      }));
      return pageOf(all, range, clock.nowMillis());
    },
  };
};
