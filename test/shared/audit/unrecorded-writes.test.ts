import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { readAuditPage } from '../../../shared/audit/page.ts';
import type { AuditRecord } from '../../../shared/audit/record.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { answer, create, credential, failing, patch, sending } from './audit-support.ts';
import { exchangeOf } from './exchange.ts';

describe('the audit of a native write', () => {
  it('refuses a write that cannot be recorded: nothing is sent', async () => {
    const { log } = create();
    const { audit } = create({ log: failing(log, 'intent', 1) });
    const run = sending(() => expect.unreachable('sent unrecorded'));
    await expect(audit.aroundWrite(exchangeOf(patch), credential, run)).rejects.toMatchObject({
      code: 'AUDIT_UNAVAILABLE',
      facts: { sent: false, retryAfterSeconds: expect.any(Number) },
    });
  });

  it('costs nothing and records nothing when it is refused before it is sent', async () => {
    const { audit, log } = create();
    const refused = new AppError('TOO_MANY_REQUESTS');
    await expect(audit.aroundWrite(exchangeOf(patch), credential, () => Promise.reject(refused))).rejects.toBe(refused);
    expect(log.records).toEqual([]);
  });

  it('has one entry when it is sent several times, and one when its answer needed no call', async () => {
    const { audit, log } = create();
    await audit.aroundWrite(exchangeOf(patch), credential, async (recordIntent) => {
      await recordIntent();
      await recordIntent();
      return answer(200);
    });
    await audit.aroundWrite(exchangeOf(patch), credential, async () => answer(200));
    expect(log.records.map(({ id, stage }) => `${id} ${stage}`)).toEqual([
      'id-1 intent',
      'id-1 outcome',
      'id-2 intent',
      'id-2 outcome',
    ]);
  });

  it('is recorded when its path may be read as a write', async () => {
    const { audit, log } = create();
    const { operation: lookalike } = exchangeOf({ method: 'DELETE', path: '/entities/experiment:e1' });
    const read = exchangeOf({ method: 'GET', path: '/entities/experiment:e1' }, { lookalike });
    await audit.aroundWrite(read, credential, async () => answer(200));
    expect(log.records).toHaveLength(2);
  });

  it('gets its answer when the log hangs, and tells of the record', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { log } = create();
    const append = (record: AuditRecord) =>
      record.stage === 'intent' ? log.append(record) : new Promise<void>(() => {});
    const { audit, lost } = create({ log: { ...log, append } });
    const answered = audit.aroundWrite(
      exchangeOf(patch),
      credential,
      sending(() => answer(200)),
    );
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await answered).status).toBe(200);
    expect(lost).toMatchObject([{ stage: 'outcome', outcome: 'done' }]);
  });

  it('admits it where so configured, tells of the lost intent, and still records the outcome', async () => {
    const { log } = create();
    const { audit, lost } = create({ log: failing(log, 'intent', 1), whenStoreFails: 'admit' });
    await audit.aroundWrite(
      exchangeOf(patch),
      credential,
      sending(() => answer(200)),
    );
    expect(lost.map(({ stage }) => stage)).toEqual(['intent']);
    expect(log.records.map(({ stage }) => stage)).toEqual(['outcome']);
  });

  it('tries again to record an outcome, and lets the answer go when it cannot', async () => {
    const first = create();
    const { audit, lost } = create({ log: failing(first.log, 'outcome', 3) });
    expect(
      (
        await audit.aroundWrite(
          exchangeOf(patch),
          credential,
          sending(() => answer(200)),
        )
      ).status,
    ).toBe(200);
    expect(first.log.records).toHaveLength(2);
    expect(lost).toEqual([]);
    const second = create();
    const dead = create({ log: failing(second.log, 'outcome', 1_000) });
    expect(
      (
        await dead.audit.aroundWrite(
          exchangeOf(patch),
          credential,
          sending(() => answer(200)),
        )
      ).status,
    ).toBe(200);
    expect(dead.lost).toMatchObject([{ stage: 'outcome', outcome: 'done' }]);
  });

  it('shows a write as pending while it can still end, and as unknown once its function must be dead', async () => {
    const { audit, log, pass, now } = create();
    void audit.aroundWrite(
      exchangeOf(patch),
      credential,
      sending(() => new Promise(() => {})),
    );
    await expect.poll(() => log.records.length).toBe(1);
    const outcomeNow = async () =>
      (await readAuditPage(log, { fromMillis: 0, untilMillis: now() + 1, size: 10 }, now())).entries[0]?.outcome;
    expect(await outcomeNow()).toBe('pending');
    pass(900_000);
    expect(await outcomeNow()).toBe('unknown');
  });
});
