/** Answers kept in one instance. They save reading bytes, never asking for purges: each use still reads the tags. */
import type { Clock } from '../time/clock.ts';
import type { Entry } from './entry.ts';

const overheadBytes = 1_024;

/** Drops what was used longest ago when full. */
export const createMemoryTier = (mostBytes: number, clock: Clock) => {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  const sizeOf = (entry: Entry): number => entry.body.byteLength + overheadBytes;

  const forget = (id: string): void => {
    const entry = entries.get(id);
    if (!entry) return;
    entries.delete(id);
    bytes -= sizeOf(entry);
  };

  return {
    get(id: string): Entry | undefined {
      const entry = entries.get(id);
      if (!entry) return undefined;
      forget(id);
      if (entry.deleteAtMillis <= clock.nowMillis()) return undefined;
      entries.set(id, entry);
      bytes += sizeOf(entry);
      return entry;
    },
    put(id: string, entry: Entry): void {
      if (sizeOf(entry) > mostBytes / 4) return;
      forget(id);
      entries.set(id, entry);
      bytes += sizeOf(entry);
      for (const oldest of entries.keys()) {
        if (bytes <= mostBytes) break;
        forget(oldest);
      }
    },
    forget,
  };
};
