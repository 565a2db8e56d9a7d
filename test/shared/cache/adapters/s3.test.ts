/** An answer counts as absent if its body in S3 cannot be read. The next answer replaces it. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDynamoCacheStore } from '../../../../shared/cache/adapters/dynamodb.ts';
import { createS3Spill } from '../../../../shared/cache/adapters/s3.ts';
import { packBody, unpackBody } from '../../../../shared/cache/adapters/stored-body.ts';
import { createAnswerCache } from '../../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../../shared/cache/plan-native.ts';
import { s3Client } from '../../../support/aws.ts';
import { freshTable } from '../../../support/tables.ts';
import { createCountingUpstream, createManualClock, exchangeOf, textOf } from '../support.ts';

type Answering = (response: http.ServerResponse, bytes: Buffer) => void;

const xmlError =
  (status: number, code: string): Answering =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);

/** Accepts every object, and answers reads as the test says. */
const startBucket = async () => {
  const objects = new Map<string, Buffer>();
  const state: { answering: Answering; answersDeletes?: boolean } = {
    answering: (response, bytes) => response.end(bytes),
  };
  const server = http.createServer(async (request, response) => {
    const path = (request.url ?? '').split('?')[0] as string;
    if (request.method === 'PUT') {
      objects.set(path, await buffer(request));
      response.end();
    } else if (request.method === 'DELETE' && !state.answersDeletes) {
      objects.delete(path);
      response.writeHead(204).end();
    } else state.answering(response, objects.get(path) ?? Buffer.alloc(0));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const failures: unknown[] = [];
  const client = s3Client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const spill = createS3Spill(client, 'cache', { getMillis: 300, onFailure: (error) => failures.push(error) });
  return { state, objects, spill, failures };
};

const faults: [string, Answering][] = [
  ['a missing object', xmlError(404, 'NoSuchKey')],
  ['an object that may not be listed', xmlError(403, 'AccessDenied')],
  ['a store that fails', xmlError(500, 'InternalError')],
  ['a store that does not answer', () => {}],
  [
    'a body that stops coming',
    (response, bytes) => {
      response.writeHead(200, { 'content-length': bytes.byteLength });
      response.write(bytes.subarray(0, 10));
    },
  ],
  [
    'a body that breaks off',
    (response, bytes) => {
      response.writeHead(200, { 'content-length': bytes.byteLength });
      response.write(bytes.subarray(0, 10), () => response.destroy());
    },
  ],
];

describe('a body in S3', () => {
  it.each(faults)('is absent for %s', async (_title, answering) => {
    const { state, spill, failures } = await startBucket();
    await spill.put('a', Buffer.from('x'.repeat(1_000)));
    expect(Buffer.from((await spill.get('a')) ?? []).length).toBe(1_000);
    state.answering = answering;
    expect(await spill.get('a')).toBeUndefined();
    expect(failures.length).toBe(1);
  });

  it.each([
    ...faults,
    ['fewer bytes', (response, bytes) => response.end(bytes.subarray(1))],
    ['other bytes', (response) => response.end('something else')],
  ] as [string, Answering][])('is asked for anew after %s, and kept again', async (_title, answering) => {
    const { state, spill } = await startBucket();
    const { dynamo, tableName } = await freshTable();
    const clock = createManualClock();
    const store = createDynamoCacheStore(dynamo, { tableName, tenant: 't', spill, clock });
    const cache = createAnswerCache({ store, clock, plan: createNativePlanner(store), memoryBytes: 0 });
    const large = Buffer.concat(Array.from({ length: 8 }, () => crypto.getRandomValues(Buffer.alloc(65_536))));
    const { forward, calls } = createCountingUpstream(() => ({ status: 200, headers: [], body: large }));
    const read = () => cache.answer(exchangeOf({ path: '/entities/imageResource:i1/export' }), forward);
    await read();
    clock.advance(10_001); // the lease of the flight that brought it is over by every clock
    const { answering: sound } = state;
    state.answering = answering;
    const outcome = await read();
    expect(outcome.cacheStatus).toBe('fwd=uri-miss; stored; ttl=44');
    expect((await textOf(outcome)).length).toBeGreaterThan(0);
    state.answering = sound;
    // It is kept after it has been answered; a read that comes before that waits with the one that keeps it.
    await expect.poll(async () => (await read()).cacheStatus).toBe('hit; ttl=44');
    expect(calls()).toBe(2);
  });
});

describe('the removal of a body from S3', () => {
  it('removes it, and is no failure where there is none', async () => {
    const { spill, objects, failures } = await startBucket();
    await spill.put('a', Buffer.from('x'));
    await spill.remove('a');
    await spill.remove('a');
    expect([objects.size, failures]).toEqual([0, []]);
  });

  it.each(faults.slice(1, 4))('is left to the expiry of the bucket for %s', async (_title, answering) => {
    const { state, spill, failures } = await startBucket();
    state.answering = answering;
    state.answersDeletes = true;
    await spill.remove('a');
    expect(failures.length).toBe(1);
  });
});

describe('stored bytes', () => {
  it('are absent when they are no longer what was compressed', () => {
    const packed = packBody(Buffer.from('x'.repeat(1_000)));
    expect(unpackBody(packed)?.byteLength).toBe(1_000);
    expect(unpackBody({ ...packed, bytes: packed.bytes.subarray(1) })).toBeUndefined();
    expect(unpackBody({ ...packBody(Buffer.from('plain')), coding: 'zstd' })).toBeUndefined();
  });
});
