/** What an operator sees of input that was no notification. */
import { describe, expect, it } from 'vitest';
import { listMalformedInput, readMalformedInput } from '../../../local/operator/malformed.ts';
import { createMemoryLedger } from '../../../shared/notifications/adapters/memory-ledger.ts';
import { dayMillis } from '../../../shared/time/units.ts';
import { noon } from '../../shared/notifications/builders.ts';

const createLedger = async (count: number) => {
  const clock = { millis: noon, nowMillis: () => clock.millis };
  const ledger = createMemoryLedger(clock);
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    clock.millis = noon + index * 1_000;
    ids.push(await ledger.keepMalformed(Buffer.from(`{"cut ${index}`), 'it is no JSON'));
  }
  return { ledger, ids, clock };
};

describe('malformed input', () => {
  it('is listed by the newest first, with its id, its time, its size and what is wrong with it', async () => {
    const { ledger, ids, clock } = await createLedger(250);
    const lines = await listMalformedInput(ledger, clock.millis, 1_000);
    expect(lines.map((line) => line.split(' ')[0])).toEqual(ids.toReversed());
    expect(lines.at(-1)).toBe(`${ids[0]}  2026-06-15T12:00:00.000Z  7 bytes  it is no JSON`);
    expect(await listMalformedInput(ledger, clock.millis, 3)).toEqual(lines.slice(0, 3));
  });

  it('is shown byte for byte, a month later too', async () => {
    const { ledger, ids, clock } = await createLedger(120);
    clock.millis += 30 * dayMillis;
    expect(Buffer.from(await readMalformedInput(ledger, ids[7] ?? '')).toString()).toBe('{"cut 7');
  });

  it.each(['2026-06-15-unknown', '2026-06-16', 'unknown', ''])('is not there under %j', async (id) => {
    const { ledger } = await createLedger(1);
    await expect(readMalformedInput(ledger, id)).rejects.toThrow(/id/);
  });
});
