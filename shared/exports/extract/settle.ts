/**
 * Keeps a row that was met twice once, as it was met last: a share of all ids at a time. Where structures are joined, the rows are packed
 * by their names then, as the structures are.
 */
import type { Poll } from '../job-context.ts';
import type { Workshop } from '../kind.ts';
import { toLine } from './lines.ts';
import { type KeyedLine, packLines } from './packed-lines.ts';
import { objectsOf, Row } from './row.ts';
import { createShareReader, numbered, sharesOfStep } from './shares.ts';

/** What the engine keeps: shares that are written. */
export type Settled = { readonly done: number };

export type SettlePlan = {
  readonly walkedParts: number;
  readonly shares: number;
  /** Many rows may have one name. So they are packed by name only where structures are. */
  readonly keyOf: (row: Row) => string;
};

export const settleOn = async (
  workshop: Pick<Workshop, 'files' | 'read' | 'goOn'>,
  { walkedParts, shares, keyOf }: SettlePlan,
  { done: before }: Settled,
): Promise<Poll<Settled>> => {
  const { walked, settled } = objectsOf((await workshop.read()).name);
  const readShare = createShareReader(workshop, shares);
  let done = before;
  for (; done < shares && done < before + sharesOfStep; done += 1) {
    const lines = new Map<string, KeyedLine>();
    for await (const line of readShare(numbered(walkedParts, walked), done)) {
      const row = Row.parse(line);
      lines.set(row.id, { key: keyOf(row), line: toLine(row) });
    }
    await workshop.files.put(settled(done + 1), 'application/octet-stream', packLines([...lines.values()]));
    await workshop.goOn(0);
  }
  return { state: { done }, ...(done < shares ? { againSeconds: 1 } : {}) };
};
