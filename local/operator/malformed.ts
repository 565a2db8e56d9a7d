/** Input of the hook and the pull that was no notification: operators list it and look at it. */
import { keptMillis, type Ledger, type MalformedEntry } from '../../shared/notifications/ledger.ts';
import { dayMillis } from '../../shared/time/units.ts';
import { UsageError } from './usage-error.ts';

type Kept = Pick<Ledger, 'listMalformed'>;

const pageSize = 100;

/** The newest first, from a time on: every page of it. */
async function* entriesOf(ledger: Kept, fromMillis: number, untilMillis: number): AsyncGenerator<MalformedEntry> {
  let cursor: string | undefined;
  do {
    const range = { fromMillis, untilMillis, order: 'newest-first', limit: pageSize } as const;
    const page = await ledger.listMalformed(cursor === undefined ? range : { ...range, cursor });
    yield* page.entries;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** A line for each, the newest first. */
export const listMalformedInput = async (ledger: Kept, nowMillis: number, most: number): Promise<readonly string[]> => {
  const lines: string[] = [];
  for await (const { id, receivedAtMillis, bytes, reason } of entriesOf(
    ledger,
    nowMillis - keptMillis,
    nowMillis + dayMillis,
  )) {
    lines.push(`${id}  ${new Date(receivedAtMillis).toISOString()}  ${bytes.byteLength} bytes  ${reason}`);
    if (lines.length >= most) break;
  }
  return lines;
};

/** The input as it came. @param id begins with the day of receipt. @throws UsageError where there is none of this id. */
export const readMalformedInput = async (ledger: Kept, id: string): Promise<Uint8Array> => {
  const dayMillisOf = Date.parse(`${id.slice(0, 10)}T00:00:00.000Z`);
  if (Number.isNaN(dayMillisOf)) throw new UsageError('--id takes an id of the list, such as 2026-06-15-0a1b….');
  for await (const entry of entriesOf(ledger, dayMillisOf, dayMillisOf + dayMillis))
    if (entry.id === id) return entry.bytes;
  throw new UsageError(`No input is kept under the id ${id}. It is kept for 180 days.`);
};
