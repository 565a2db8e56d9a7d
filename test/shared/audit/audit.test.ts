import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMemoryAuditLog } from '../../../shared/audit/adapters/memory.ts';
import { type AuditOptions, createAudit } from '../../../shared/audit/audit.ts';
import { toAuditDocument } from '../../../shared/audit/audit-document.ts';
import type { Change } from '../../../shared/audit/changes.ts';
import { readAuditPage } from '../../../shared/audit/page.ts';
import type { AuditLog, AuditRecord } from '../../../shared/audit/record.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { NativeAnswer } from '../../../shared/exchange/exchange.ts';
import { sized } from '../../support/test-size.ts';
import { exchangeOf } from './exchange.ts';
import { noon } from './support.ts';

const credential = { kind: 'bearer', id: 'b1', principal: 'bearer:b1', secret: 'the-secret-token' } as const;
const patch = {
  method: 'PATCH',
  path: '/entities/experiment:e1/properties',
  query: [
    ['digest', '12345678'],
    ['sfk_oops', 'private words'],
  ],
  headers: [['authorization', 'Bearer the-secret-token']],
  body: Buffer.from('{"data":"private words"}'),
} as const;

const create = (overrides: Partial<AuditOptions> = {}) => {
  let now = noon;
  let ids = 0;
  const log = createMemoryAuditLog(() => now);
  const lost: AuditRecord[] = [];
  const audit = createAudit({
    log,
    clock: { nowMillis: () => now },
    newId: () => `id-${++ids}`,
    retentionDays: 10,
    whenStoreFails: 'refuse',
    onLost: (record) => void lost.push(record),
    pause: async () => {},
    ...overrides,
  });
  return { audit, log, lost, pass: (millis: number) => (now += millis), now: () => now };
};

const answer = (status: number, document: unknown = {}, headers: NativeAnswer['headers'] = []): NativeAnswer => ({
  status,
  headers,
  body: Buffer.from(JSON.stringify(document)),
});

/** A call that is sent, as the pipeline does it. */
const sending =
  (call: () => NativeAnswer | Promise<NativeAnswer>) =>
  async (recordIntent: () => Promise<void>): Promise<NativeAnswer> => {
    await recordIntent();
    return call();
  };

/** Fails the appends of one stage, as often as told. */
const failing = (log: AuditLog, stage: AuditRecord['stage'], times: number): AuditLog => {
  let left = times;
  return {
    ...log,
    async append(record) {
      if (record.stage === stage && left-- > 0) throw new Error('the store is down');
      return log.append(record);
    },
  };
};

describe('the audit of native writes', () => {
  it('records who, as whom, what, on which entity and what came of it: intent before the call, outcome after', async () => {
    const { audit, log, pass } = create();
    const seen: number[] = [];
    await audit.aroundWrite(
      exchangeOf(patch, { subject: 'anna' }),
      credential,
      sending(() => {
        seen.push(log.records.length);
        pass(250);
        return answer(200);
      }),
    );
    expect(seen).toEqual([1]);
    const facts = {
      id: 'id-1',
      kind: 'native',
      requestId: 'request-1',
      startedMillis: noon,
      deleteAtSeconds: noon / 1_000 + 864_000,
      consumer: 'app',
      subject: 'anna',
      credential: { kind: 'bearer', id: 'b1', principal: 'bearer:b1' },
      operation: 'PATCH /entities/{eid}/properties',
      upstream: 'signals',
      group: 'entities',
      target: '/api/rest/v1.0/entities/experiment:e1/properties',
      queryNames: ['digest'],
      entity: 'experiment:e1',
    };
    expect(log.records).toEqual([
      { ...facts, stage: 'intent' },
      { ...facts, stage: 'outcome', endedMillis: noon + 250, outcome: 'done', status: 200 },
    ]);
  });

  it('keeps no secret, no content and no value of a parameter', async () => {
    const { audit, log } = create();
    await audit.aroundWrite(
      exchangeOf(patch),
      credential,
      sending(() => answer(400, { errors: 'private words' })),
    );
    const failed = new AppError('UPSTREAM_LATE', { detail: 'private words', cause: 'the-secret-token' });
    const failing = audit.aroundWrite(
      exchangeOf(patch),
      credential,
      sending(() => Promise.reject(failed)),
    );
    await expect(failing).rejects.toBe(failed);
    expect(JSON.stringify(log.records)).not.toMatch(/secret|private|12345678|sfk_/);
  });

  it.each([
    [200, { outcome: 'done', status: 200 }],
    [302, { outcome: 'done', status: 302 }],
    [428, { outcome: 'refused', status: 428 }],
    [500, { outcome: 'failed', status: 500 }],
  ])('reads an answer of %i as %j', async (status, expected) => {
    const { audit, log } = create();
    await audit.aroundWrite(
      exchangeOf(patch),
      credential,
      sending(() => answer(status)),
    );
    expect(log.records[1]).toMatchObject(expected);
  });

  it.each([
    [new AppError('UPSTREAM_LATE'), { outcome: 'unknown', code: 'UPSTREAM_LATE' }],
    [new AppError('UPSTREAM_UNREACHABLE', { sent: false }), { outcome: 'refused', code: 'UPSTREAM_UNREACHABLE' }],
    [new AppError('TOO_MANY_REQUESTS'), { outcome: 'refused', code: 'TOO_MANY_REQUESTS' }],
    [new AppError('CREDENTIAL_UNAVAILABLE'), { outcome: 'refused', code: 'CREDENTIAL_UNAVAILABLE' }],
    [new Error('a fault'), { outcome: 'unknown', code: 'INTERNAL' }],
  ])('reads %s as %j, and passes it on', async (error, expected) => {
    const { audit, log } = create();
    await expect(
      audit.aroundWrite(
        exchangeOf(patch),
        credential,
        sending(() => Promise.reject(error)),
      ),
    ).rejects.toBe(error);
    expect(log.records[1]).toMatchObject(expected);
  });

  it.each([
    ['plain', (body: Uint8Array) => body, []],
    ['compressed', gzipSync, [['content-encoding', 'gzip']]],
  ] as const)('names the entity that a creation made, its answer %s', async (_form, encode, headers) => {
    const { audit, log } = create();
    const creation = exchangeOf({ method: 'POST', path: '/entities', body: Buffer.from('{}') });
    const body = encode(Buffer.from(JSON.stringify({ data: { id: 'experiment:new' } })));
    await audit.aroundWrite(
      creation,
      credential,
      sending(() => ({ status: 201, headers, body })),
    );
    expect(log.records.map(({ entity }) => entity)).toEqual([undefined, 'experiment:new']);
  });

  it.each([
    ['no JSON', Buffer.from('<html>'), []],
    ['a broken coding', Buffer.from('{}'), [['content-encoding', 'gzip']]],
    ['an unknown coding', Buffer.from('{}'), [['content-encoding', 'compress']]],
    ['a list', Buffer.from('{"data":[{"id":"a"}]}'), []],
    ['too much when unpacked', gzipSync(Buffer.alloc(2_000_000, 32)), [['content-encoding', 'gzip']]],
  ] as const)('names none where the answer is %s', async (_what, body, headers) => {
    const { audit, log } = create();
    const creation = exchangeOf({ method: 'POST', path: '/entities', body: Buffer.from('{}') });
    await audit.aroundWrite(
      creation,
      credential,
      sending(() => ({ status: 201, headers, body })),
    );
    expect(log.records[1]).toMatchObject({ outcome: 'done' });
    expect(log.records[1]).not.toHaveProperty('entity');
  });

  it('records writes and exports, but neither reads nor questions how a job stands', async () => {
    const { audit, log } = create();
    const run = (method: string, path: string) =>
      audit.aroundWrite(
        exchangeOf({ method, path }),
        credential,
        sending(() => answer(200)),
      );
    await run('GET', '/entities/experiment:e1');
    await run('POST', '/entities/search');
    await run('DELETE', '/entities/experiment:e1');
    await run('POST', '/not/known/yet');
    expect(log.records.filter(({ stage }) => stage === 'outcome').map(({ operation }) => operation)).toEqual([
      'DELETE /entities/{eid}',
      'POST /not/known/yet',
    ]);
  });

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

describe('the audit of admin acts', () => {
  const act = {
    caller: { consumer: { id: 'admin', scopes: ['*:*'], state: 'active' } },
    requestId: 'request-9',
    act: 'consumers.create',
    target: 'lab-app',
  } as const;

  it('records the act and hands on what it gives', async () => {
    const { audit, log } = create();
    expect(await audit.around(act, async () => 'made')).toBe('made');
    expect(log.records[1]).toMatchObject({
      kind: 'admin',
      consumer: 'admin',
      operation: 'consumers.create',
      target: 'lab-app',
      entity: 'lab-app',
      requestId: 'request-9',
      outcome: 'done',
    });
    expect(log.records[1]).not.toHaveProperty('credential');
  });

  it('records what was asked before it begins, and what was changed once it has ended', async () => {
    const { audit, log } = create();
    const made: Change[] = [];
    const asked = { scopes: ['*:read'], contact: null };
    const change: Change = { field: 'scopes', old: [], new: ['*:read'] };
    await audit.around({ ...act, asked, changes: () => made }, async () => {
      expect(log.records).toMatchObject([{ stage: 'intent', asked }]);
      made.push(change);
    });
    expect(log.records[0]).not.toHaveProperty('changes');
    expect(log.records[1]).toMatchObject({ stage: 'outcome', asked, changes: [change] });
    const { entries } = await readAuditPage(log, { fromMillis: 0, untilMillis: noon + 1, size: 5 }, noon);
    expect(
      toAuditDocument({ entries, next: undefined }, 'https://f.example.com', []).data[0]?.attributes,
    ).toMatchObject({
      asked,
      changes: [change],
      outcome: 'done',
    });
  });

  it('records what was changed also when the act then failed, and nothing where it changed nothing', async () => {
    const { audit, log } = create();
    const change: Change = { field: 'state', new: 'suspended' };
    const failed = audit.around({ ...act, changes: () => [change] }, () => Promise.reject(new Error('lost')));
    await expect(failed).rejects.toThrow('lost');
    await audit.around({ ...act, changes: () => [] }, async () => {});
    const ended = log.records.filter(({ stage }) => stage === 'outcome');
    expect(ended).toMatchObject([{ outcome: 'unknown', changes: [change] }, { outcome: 'done' }]);
    expect(ended[1]).not.toHaveProperty('changes');
  });

  it('records a refusal as refused and a fault as unknown', async () => {
    const { audit, log } = create();
    for (const error of [new AppError('SCOPE_MISSING'), new Error('the table is gone')])
      await expect(audit.around(act, () => Promise.reject(error))).rejects.toBe(error);
    const ended = log.records.filter(({ stage }) => stage === 'outcome');
    expect(ended).toMatchObject([{ outcome: 'refused' }, { outcome: 'unknown' }]);
  });
});

describe('concurrent writes', () => {
  const call = fc.record({
    fails: fc.constantFrom('no', 'status', 'lost'),
    /** Per append: whether it is carried out, and whether its answer comes back. */
    store: fc.array(fc.constantFrom('ok', 'lost answer', 'down'), { minLength: 6, maxLength: 6 }),
  });

  it('lose no entry and make none twice, whatever the store does and forgets to tell', () =>
    fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 15 }), fc.scheduler(), async (calls, scheduler) => {
        const memory = createMemoryAuditLog(() => noon);
        const lost: AuditRecord[] = [];
        const sent = new Set<string>();
        const logOf = (behaviours: readonly string[]): AuditLog => {
          const left = [...behaviours];
          return {
            ...memory,
            async append(record) {
              const behaviour = left.shift() ?? 'ok';
              await scheduler.schedule(Promise.resolve());
              if (behaviour !== 'down') await memory.append(record);
              if (behaviour !== 'ok') throw new Error(behaviour);
            },
          };
        };
        const runs = calls.map(({ fails, store }, index) => {
          const audit = createAudit({
            log: logOf(store),
            clock: { nowMillis: () => noon },
            newId: () => `id-${index}`,
            retentionDays: 1,
            whenStoreFails: 'refuse',
            onLost: (record) => void lost.push(record),
            pause: async () => {},
          });
          const call = async (): Promise<NativeAnswer> => {
            sent.add(`id-${index}`);
            await scheduler.schedule(Promise.resolve());
            if (fails === 'lost') throw new AppError('UPSTREAM_LATE');
            return answer(fails === 'status' ? 500 : 200);
          };
          return audit.aroundWrite(exchangeOf(patch), credential, sending(call));
        });
        await scheduler.waitFor(Promise.allSettled(runs));
        const page = await readAuditPage(memory, { fromMillis: 0, untilMillis: noon + 1, size: 100 }, noon);
        const ids = page.entries.map(({ record }) => record.id);
        expect(new Set(ids).size).toBe(ids.length);
        // Whatever was sent has an entry; an outcome is missing only where the loss was told.
        for (const id of sent) {
          const entry = page.entries.find(({ record }) => record.id === id);
          expect(entry).toBeDefined();
          if (entry?.record.stage === 'intent') expect(lost.map((record) => record.id)).toContain(id);
        }
      }),
      { numRuns: sized(1_000, 100) },
    ));
});
