/** CacheStore in the memory of one process: for tests, the simulations and the plain proxy. */
import type { Clock } from '../../time/clock.ts';
import { type Entry, type Epoch, noEpoch } from '../entry.ts';
import { type CacheStore, type EntryKey, type Flight, neverSwept, noFlight, type Sweep, type Tag } from '../store.ts';

type Slot = { entry?: Entry; flight?: Flight };
type TagRecord = { epoch: Epoch; readonly writers: Map<string, number> };

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
    const record = tags.get(tag) ?? { epoch: noEpoch, writers: new Map() };
    tags.set(tag, record);
    return record;
  };
  const bump = (tag: Tag, kind: 'hard' | 'soft'): void => {
    const record = tagOf(tag);
    record.epoch = { ...record.epoch, [kind]: record.epoch[kind] + 1 };
  };

  return {
    async read(key, wanted) {
      const slot = key && slots.get(slotName(key));
      const entry = slot?.entry && slot.entry.deleteAtMillis > clock.nowMillis() ? slot.entry : undefined;
      const untilMillis = wanted.flatMap((tag) => [...(tags.get(tag)?.writers.values() ?? [])]);
      return {
        entry,
        flight: slot?.flight ?? noFlight,
        epochs: Object.fromEntries(wanted.map((tag) => [tag, tags.get(tag)?.epoch ?? noEpoch])),
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
    async purge(touched, kind) {
      for (const tag of touched) bump(tag, kind);
    },
    async beginWrite(tag, writerId, untilMillis) {
      bump(tag, 'hard');
      tagOf(tag).writers.set(writerId, untilMillis);
    },
    async endWrite(tag, writerId, changed) {
      tagOf(tag).writers.delete(writerId);
      if (changed) bump(tag, 'hard');
    },
    async ancestorsIn(partition) {
      for (const [name, { entry }] of slots) {
        if (name.startsWith(`${partition}\n`) && entry?.ancestors) return entry.ancestors;
      }
      return undefined;
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
