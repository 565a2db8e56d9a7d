/** CacheStore in the memory of one process: for tests, the simulations and the plain proxy. */
import type { Clock } from '../../time/clock.ts';
import { ancestorsFrom, endOfMarksMillis, youngEnough } from '../ancestors.ts';
import { type Entry, type Epoch, isSameStamp, noEpoch } from '../entry.ts';
import {
  type CacheStore,
  type EntryKey,
  type Flight,
  lapsedShare,
  neverSwept,
  noFlight,
  type Sweep,
  type Tag,
} from '../store.ts';
import { isNarrow } from '../tags.ts';

type Slot = { entry?: Entry; flight?: Flight };
type TagRecord = { epoch: Epoch; lapsed: number; readonly writers: Map<string, number> };

const slotName = ({ partition, id }: EntryKey): string => `${partition}\n${id}`;

export const createMemoryCacheStore = (clock: Clock): CacheStore => {
  const slots = new Map<string, Slot>();
  const tags = new Map<Tag, TagRecord>();
  let sweep: Sweep = neverSwept;

  const slotOf = (key: EntryKey): Slot => {
    const name = slotName(key);
    const slot = slots.get(name) ?? {};
    slots.set(name, slot);
    return slot;
  };
  const tagOf = (tag: Tag): TagRecord => {
    const record = tags.get(tag) ?? { epoch: noEpoch, lapsed: 0, writers: new Map() };
    tags.set(tag, record);
    return record;
  };
  const lapsedIn = ({ writers }: TagRecord, atMillis = clock.nowMillis()): string[] =>
    [...writers].flatMap(([writer, untilMillis]) => (untilMillis <= atMillis ? [writer] : []));
  const bump = (tag: Tag, kind: 'hard' | 'soft'): void => {
    const record = tagOf(tag);
    record.epoch = { ...record.epoch, [kind]: record.epoch[kind] + 1 };
    for (const writer of lapsedIn(record)) if (record.writers.delete(writer)) record.lapsed += 1;
  };
  const epochOf = (tag: Tag, atMillis?: number): Epoch => {
    const record = tags.get(tag);
    if (!record) return noEpoch;
    const { epoch, lapsed } = record;
    return { ...epoch, hard: epoch.hard + lapsedShare * (lapsed + lapsedIn(record, atMillis).length) };
  };
  const epochsOf = (wanted: readonly Tag[], atMillis?: number) =>
    Object.fromEntries(wanted.map((tag) => [tag, epochOf(tag, atMillis)]));

  return {
    async read(key, wanted, flight) {
      const slot = key && slots.get(slotName(key));
      const entry = slot?.entry && slot.entry.deleteAtMillis > clock.nowMillis() ? slot.entry : undefined;
      const nowMillis = clock.nowMillis();
      const untilMillis = wanted
        .filter(isNarrow)
        .flatMap((tag) => [...(tags.get(tag)?.writers.values() ?? [])])
        .filter((until) => until > nowMillis);
      return {
        entry,
        flight: (flight === 'unread' ? undefined : slot?.flight) ?? noFlight,
        epochs: epochsOf(wanted, nowMillis),
        writingUntilMillis: Math.max(0, ...untilMillis),
        sweep,
      };
    },
    async put(key, entry) {
      const slot = slotOf(key);
      if ((slot.entry?.fence ?? 0) > entry.fence) return false;
      slot.entry = entry;
      return true;
    },
    async readFlight(key) {
      return slots.get(slotName(key))?.flight ?? noFlight;
    },
    async purge(touched, kind) {
      for (const tag of touched) bump(tag, kind);
    },
    async noteListed(records) {
      for (const { tag, stamp } of records) {
        const record = tagOf(tag);
        const { listed } = record.epoch;
        const isLater = !listed || listed.stamp.editedAtMillis < stamp.editedAtMillis;
        if (!isLater && !isSameStamp(stamp, listed.stamp)) bump(tag, 'soft');
        else record.epoch = { ...record.epoch, listed: { count: (listed?.count ?? 0) + 1, stamp } };
      }
    },
    async beginWrite(marked, writerId, untilMillis) {
      for (const tag of marked) {
        if (isNarrow(tag)) bump(tag, 'hard');
        tagOf(tag).writers.set(writerId, untilMillis);
      }
    },
    async endWrite(marked, writerId, touched) {
      for (const tag of marked) tagOf(tag).writers.delete(writerId);
      for (const tag of new Set(touched)) bump(tag, 'hard');
    },
    async ancestorsIn(partition) {
      const entries = [...slots].flatMap(([name, { entry }]) =>
        entry && name.startsWith(`${partition}\n`) ? [entry] : [],
      );
      const young = youngEnough(entries, clock.nowMillis());
      const tagsOfYoung = young.flatMap(({ epochs }) => Object.keys(epochs));
      return ancestorsFrom(young, epochsOf(tagsOfYoung, endOfMarksMillis));
    },
    async markSwept(next) {
      if (next.sweptUntilMillis >= sweep.sweptUntilMillis) sweep = next;
    },
    async acquire(key, observed, next) {
      const slot = slotOf(key);
      if ((slot.flight?.fence ?? 0) !== observed.fence) return false;
      slot.flight = next;
      return true;
    },
    async renew(key, fence, leaseUntilMillis) {
      const slot = slotOf(key);
      if (slot.flight?.fence !== fence) return false;
      slot.flight = { ...slot.flight, leaseUntilMillis };
      return true;
    },
    async finish(key, fence, outcome) {
      const slot = slotOf(key);
      if (slot.flight?.fence === fence) slot.flight = { ...slot.flight, outcome };
    },
  };
};
