/** How many items of DynamoDB each type of request of the question `cost` writes, through the whole facade: an added write fails here. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStage, requestTypes, type Stage } from '../../bench/cost/request-types.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { type SeenWrite, watchWrites } from '../support/counted-writes.ts';
import { useSharedTwin } from '../support/shared-twin.ts';
import type { TestTwin } from '../support/twin.ts';

type Kind = 'audit' | 'cache' | 'idempotency' | 'requests';
type Counts = Readonly<Partial<Record<Kind, number>>>;

/** What one request writes. The others are in `elsewhere`. */
const expected: Readonly<Record<string, Counts>> = {
  'read: hit, from the memory of the instance': {},
  'read: hit, from the table': {},
  'read: hit, a list of 40 entities from the table': {},
  'read: miss': { cache: 2, requests: 1 },
  'read: miss, a list of 40 entities': { cache: 2, requests: 1 },
  'read: the caller wants it anew (no-cache)': { cache: 2, requests: 1 },
  'read: never cached': { requests: 1 },
  'write: PATCH': { audit: 2, cache: 3, requests: 1 },
  'write: PATCH that the tenant refuses': { audit: 2, cache: 2, requests: 1 },
  'write: PATCH that the facade refuses, without the scope': { requests: 1 },
  'write: POST with an Idempotency-Key': { audit: 2, cache: 2, idempotency: 2, requests: 1 },
  'write: the same POST again, answered from the first': { idempotency: 1 },
  'refused: unknown key': {},
  'refused: the consumer has used up its cap': { requests: 1 },
  'own: GET /v1/me': {},
  'own: list of consumers': {},
};
/** Types whose work other functions do, after the answer has left. `npm run bench -- cost` counts them. */
const elsewhere = /^(push of a notification|export of a PDF)/;

/**
 * The kind of a write that belongs to one request. Sums over many requests, and entries of a consumer's day, are written every few
 * seconds; the quota writes for all calls that wait at that moment.
 */
const kindOf = ({ table, pk, sk }: SeenWrite): Kind | undefined => {
  if (table.includes('AuditTable')) return 'audit';
  if (table.includes('IdempotencyTable')) return 'idempotency';
  if (table.includes('CacheTable')) return sk.startsWith('FIGURES#') ? undefined : 'cache';
  const isRecord = /^REQUESTS?#/.test(pk) && /^(REQUEST$|\d{13}#(?!hits-))/.test(sk);
  return table.includes('RequestsTable') && isRecord ? 'requests' : undefined;
};

describe('the items that a request writes', () => {
  let stage: Stage;
  let seen: SeenWrite[] = [];
  let stop = (): void => {};

  const counts = (): Counts => {
    const found: Partial<Record<Kind, number>> = {};
    for (const kind of seen.map(kindOf)) if (kind) found[kind] = (found[kind] ?? 0) + 1;
    return found;
  };

  let twin: TestTwin;
  useSharedTwin((shared) => {
    twin = shared;
  });

  const call: Stage['twin']['call'] = async (method, path, { key = 'demo-app', body, headers = {} } = {}) => {
    const answer = await fetch(twin.url + path, {
      method,
      headers: { 'x-api-key': key, 'content-type': 'application/vnd.api+json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };

  /** A call whose record has been written when this resolves. So have those of all calls before it. */
  const untilWritten = async (): Promise<void> => {
    const { headers } = await call('GET', `${signalsBasePath}/profiles/me`);
    const id = headers.get('x-request-id') ?? 'none';
    await expect.poll(() => seen.some(({ sk }) => sk.endsWith(id))).toBe(true);
  };

  const makeExperiment = async (index: number): Promise<string> => {
    const attributes = { name: `Written ${index}` };
    const { text } = await call('POST', `${signalsBasePath}/entities?force=true`, {
      body: { data: { type: 'experiment', attributes } },
    });
    return JSON.parse(text).data.id;
  };

  beforeAll(async () => {
    stop = watchWrites((write) => seen.push(write));
    const experiments = await Promise.all([1, 2, 3, 4].map(makeExperiment));
    stage = createStage({ url: twin.url, call }, experiments);
  });
  afterAll(() => stop());

  it('are named for every type of request', () => {
    const names = requestTypes.map(({ name }) => name).filter((name) => !elsewhere.test(name));
    expect(Object.keys(expected)).toEqual(names);
  });

  it.each(requestTypes.filter(({ name }) => !elsewhere.test(name)))('are so many for a $name', async (type) => {
    await type.prepare?.(stage);
    await untilWritten();
    seen = [];
    const answer = await type.call(stage, 0);
    expect([answer.status, answer.headers.get('cache-status') ?? '']).toEqual([
      type.status,
      expect.stringMatching(type.verdict ?? /^/),
    ]);
    await expect.poll(counts).toEqual(expected[type.name]);
    seen = [];
    await untilWritten();
    expect(counts()).toEqual({ requests: 1 });
  });
});
