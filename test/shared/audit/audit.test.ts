import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { answer, create, credential, patch, sending } from './audit-support.ts';
import { exchangeOf } from './exchange.ts';
import { noon } from './support.ts';

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
});
