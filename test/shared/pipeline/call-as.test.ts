import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Audit, createAudit } from '../../../shared/audit/audit.ts';
import type { AuditLog, AuditRecord } from '../../../shared/audit/record.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { type Exchange, noQuota } from '../../../shared/exchange/exchange.ts';
import { backgroundProfile } from '../../../shared/exchange/quota-profile.ts';
import { type CallAsParts, callAs, onlyWith } from '../../../shared/pipeline/call-as.ts';
import type { OwnCall } from '../../../shared/pipeline/own-call.ts';
import { createSignalsUpstream } from '../../../shared/signals/signals.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import { createNodeHttpTransport } from '../../../shared/upstream/adapters/node-http.ts';
import { startUpstream } from '../../support/upstream.ts';
import { addKey, createWorld } from '../credentials/support.ts';

/** A pool of three keys, the newest last, at an upstream that takes some of them. */
const start = async (...accepted: string[]) => startWith('{"data":[]}', accepted);

const startWith = async (answer: string, accepted: readonly string[]) => {
  const world = createWorld();
  for (const secret of ['a', 'b', 'c']) {
    await addKey(world, secret);
    world.advance(1);
  }
  const { url, seen } = await startUpstream(({ headers }, response) => {
    const isAccepted = headers.some(([name, value]) => name.toLowerCase() === 'x-api-key' && accepted.includes(value));
    response.writeHead(isAccepted ? 200 : 401, { 'content-type': 'application/vnd.api+json' }).end(answer);
  });
  const transport = createNodeHttpTransport();
  onTestFinished(() => transport.close());
  const parts = { transport, quota: noQuota, firstByteMillis: 5_000 };
  const { read: ask } = callAs(createSignalsUpstream(url), 'test', backgroundProfile, world.instance(), parts);
  return { ask, seen };
};

describe('a read of the facade itself', () => {
  it('is sent with the next key when the upstream refuses the first', async () => {
    const { ask, seen } = await start('b');
    expect(await ask('/entities')).toMatchObject({ status: 200, principal: 'service:signals:svc-eln' });
    expect(seen).toHaveLength(2);
    await ask('/entities');
    expect(seen).toHaveLength(3);
  });

  it('is refused when its answer is larger than any page', async () => {
    const { ask } = await startWith(' '.repeat(16_777_217), ['c']);
    await expect(ask('/entities')).rejects.toMatchObject({
      ...{ code: 'UPSTREAM_UNREADABLE', facts: { isTooLarge: true } },
    });
  });

  it('tries no third', async () => {
    const { ask, seen } = await start('a');
    await expect(ask('/entities')).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
    expect(seen).toHaveLength(2);
  });
});

describe('a call of the facade itself', () => {
  const chunk = Buffer.alloc(65_536, 'x');

  /** An upstream that answers with a picture. */
  const startPictures = () =>
    startUpstream((_request, response) => void response.writeHead(200, { 'content-type': 'image/png' }).end(chunk));

  const callAt = (url: string, parts: Partial<CallAsParts> = {}, quota = backgroundProfile) => {
    const transport = createNodeHttpTransport();
    onTestFinished(() => transport.close());
    const key = { kind: 'service', id: 'k', principal: 'service:k', secret: 's' } as const;
    const usual = { transport, quota: noQuota, firstByteMillis: 5_000 };
    return callAs(createSignalsUpstream(url), 'exports', quota, onlyWith(key), { ...usual, ...parts });
  };

  const attach = (body: OwnCall['body']): OwnCall => ({
    method: 'POST',
    path: '/entities/experiment:e1/children/a.png?force=true',
    headers: [['content-type', 'image/png']],
    ...(body ? { body } : {}),
  });

  it('streams its body upstream and the answer back', async () => {
    const { url, seen } = await startPictures();
    const answer = await callAt(url).call(attach({ stream: Readable.from([chunk, chunk]), lengthBytes: 131_072 }));
    expect(answer).toMatchObject({ status: 200, principal: 'service:k', body: expect.any(Readable) });
    expect((await buffer(answer.body as Readable)).equals(chunk)).toBe(true);
    expect(seen.map(({ method, target, body }) => [method, target, body.byteLength])).toEqual([
      ['POST', '/api/rest/v1.0/entities/experiment:e1/children/a.png?force=true', 131_072],
    ]);
  });

  it('is asked of the governor as its purpose, with its priority', async () => {
    const { url } = await startPictures();
    const admit = vi.fn(async (_exchange: Exchange) => {});
    await callAt(url, { quota: { admit } }, { ...backgroundProfile, weight: 3 }).read('/entities');
    expect(admit.mock.calls.map(([{ consumer }]) => [consumer.id, consumer.quota])).toEqual([
      ['facade.exports', { priority: 'background', weight: 3, caps: [] }],
    ]);
  });

  it('has one line in the log, with its purpose and what became of it, and no query', async () => {
    const { url } = await startUpstream((_request, response) => response.writeHead(404).end());
    const onOwnCall = vi.fn();
    await callAt(url, { onOwnCall }).read('/entities?title=private');
    const refusing = { admit: () => Promise.reject(new AppError('TOO_MANY_REQUESTS')) };
    await expect(callAt(url, { onOwnCall, quota: refusing }).read('/entities')).rejects.toThrow();
    const facts = {
      purpose: 'exports',
      operation: 'GET /entities',
      credential: 'service k',
      millis: expect.any(Number),
    };
    expect(onOwnCall.mock.calls).toEqual([
      [{ ...facts, status: 404, sends: [404], cacheStatus: 'fwd=bypass' }],
      [{ ...facts, status: undefined }],
    ]);
  });

  it('has the purpose as who acted in the audit log, and writes nothing unrecorded', async () => {
    const { url, seen } = await startPictures();
    const records: AuditRecord[] = [];
    const auditWith = (append: AuditLog['append']) =>
      createAudit({
        log: { append, read: () => Promise.reject(new Error('nobody reads here')) },
        clock: systemClock,
        newId: () => 'id',
        retentionDays: 1,
        whenStoreFails: 'refuse',
        onLost: () => {},
        pause: async () => {},
      });
    const audit = auditWith(async (record) => void records.push(record));
    await callAt(url, { audit }).call(attach(chunk));
    expect(records.map(({ stage, consumer, credential }) => [stage, consumer, credential?.id])).toEqual([
      ['intent', 'facade.exports', 'k'],
      ['outcome', 'facade.exports', 'k'],
    ]);
    const failing = auditWith(() => Promise.reject(new Error('no table')));
    await expect(callAt(url, { audit: failing }).call(attach(chunk))).rejects.toMatchObject({
      code: 'AUDIT_UNAVAILABLE',
    });
    expect(seen).toHaveLength(1);
  });

  it('stays a write when it is to be sent once: it is recorded, and its condition becomes the parameter of the upstream', async () => {
    const { url, seen } = await startPictures();
    const aroundWrite = vi.fn(((_exchange, _credential, run) => run(async () => {})) satisfies Audit['aroundWrite']);
    const patch = { method: 'PATCH', path: '/entities/experiment:e1/properties', body: Buffer.from('{}') };
    await callAt(url, { audit: { aroundWrite } }).call({ ...patch, headers: [['if-match', '"7"']], once: true });
    expect(aroundWrite.mock.calls.map(([{ operation }]) => operation.kind)).toEqual(['write']);
    expect(seen.map(({ target }) => target)).toEqual(['/api/rest/v1.0/entities/experiment:e1/properties?digest=7']);
  });

  it('is repeated when it reads, and never when it is to be sent once', async () => {
    const { url, seen } = await startUpstream((_request, response) => void response.destroy());
    await expect(callAt(url).call({ method: 'GET', path: '/entities', once: true })).rejects.toThrow();
    expect(seen).toHaveLength(1);
    await expect(callAt(url).call({ method: 'GET', path: '/entities' })).rejects.toThrow();
    expect(seen.length).toBeGreaterThan(2);
  });
});
