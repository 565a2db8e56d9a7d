/**
 * Entries in the memory of one instance. They save reading bytes, but not reading purges: each use still reads the
 * tags.
 */
import type { Clock } from '../time/clock.ts';
import type { Entry } from './entry.ts';

/** Of an entry's objects, besides the characters of its texts. */
const overheadBytes = 1_024;

/**
 * Bytes of a body and of its head: headers, purges and tags can be more than a small body. The body counts twice, because
 * its form with the facade's links is kept beside it (pipeline/answer-body.ts).
 */
const sizeOf = ({ body, ...head }: Entry): number => 2 * body.byteLength + JSON.stringify(head).length + overheadBytes;

/**
 * A body that arrived over a socket is a part of the 64 KiB that were read with it, and would keep all of them. So a part is copied, and what
 * is kept is what was counted.
 */
const apart = (entry: Entry): Entry =>
  entry.body.byteLength === entry.body.buffer.byteLength ? entry : { ...entry, body: new Uint8Array(entry.body) };

/** Drops the least recently used entries when full. */
export const createMemoryTier = (mostBytes: number, clock: Clock) => {
  const kept = new Map<string, { readonly entry: Entry; readonly sizeBytes: number }>();
  let bytes = 0;

  const forget = (id: string): void => {
    bytes -= kept.get(id)?.sizeBytes ?? 0;
    kept.delete(id);
  };

  return {
    get(id: string): Entry | undefined {
      const found = kept.get(id);
      if (!found) return undefined;
      if (found.entry.deleteAtMillis <= clock.nowMillis()) {
        forget(id);
        return undefined;
      }
      // Last in the order of use.
      kept.delete(id);
      kept.set(id, found);
      return found.entry;
    },
    put(id: string, entry: Entry): void {
      forget(id);
      const sizeBytes = sizeOf(entry);
      if (sizeBytes > mostBytes / 4) return;
      kept.set(id, { entry: apart(entry), sizeBytes });
      bytes += sizeBytes;
      for (const oldest of kept.keys()) {
        if (bytes <= mostBytes) break;
        forget(oldest);
      }
    },
  };
};
export type MemoryTier = ReturnType<typeof createMemoryTier>;
