/** The search of the ledger, as GET /v1/notifications has it. */
import { describe, expect, it } from 'vitest';
import { createMemoryLedger } from '../../../shared/notifications/adapters/memory-ledger.ts';
import { type Search, searchLedger } from '../../../shared/notifications/search.ts';
import { aNotification, dayMillis, noon } from './builders.ts';

const hour = 3_600_000;

const createLedger = async (count: number, everyMillis: number) => {
  const ledger = createMemoryLedger({ nowMillis: () => noon });
  for (let index = 0; index < count; index += 1) {
    const receivedAtMillis = noon - index * everyMillis;
    await ledger.keep(aNotification({ id: `n${index}`, receivedAtMillis }), 'w');
  }
  return ledger;
};
const all = (search: Partial<Search> = {}): Search => ({ limit: 100, isWanted: () => true, ...search });
const idsOf = ({ entries }: Awaited<ReturnType<typeof searchLedger>>): string[] =>
  entries.map(({ notification }) => notification.id);

describe('the search', () => {
  it('finds those of a time, from an instant on and before another, the newest first', async () => {
    const ledger = await createLedger(10, hour);
    const range = { fromMillis: noon - 5 * hour, untilMillis: noon - 2 * hour };
    expect(idsOf(await searchLedger(ledger, all(range), noon))).toEqual(['n3', 'n4', 'n5']);
    expect(idsOf(await searchLedger(ledger, all({ untilMillis: noon - 8 * hour }), noon))).toEqual(['n9']);
  });

  it('finds nothing that is older than is kept', async () => {
    const ledger = await createLedger(5, 60 * dayMillis);
    expect(idsOf(await searchLedger(ledger, all({ fromMillis: 0 }), noon))).toEqual(['n0', 'n1', 'n2']);
  });

  it('looks at a bounded part for one answer, and goes on where that ended, until each was found once', async () => {
    const ledger = await createLedger(2_500, 1_000);
    const isWanted: Search['isWanted'] = ({ notification: { id } }) => id.endsWith('00');
    const found: string[] = [];
    let answers = 0;
    let cursor: string | undefined;
    do {
      const page = await searchLedger(ledger, all({ limit: 10, isWanted, cursor }), noon);
      found.push(...idsOf(page));
      answers += 1;
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(
      Array.from({ length: 25 }, (_, index) => `n${index === 0 ? '' : index}00`).filter((id) => id !== 'n00'),
    );
    expect(answers).toBeGreaterThan(1);
  });
});
