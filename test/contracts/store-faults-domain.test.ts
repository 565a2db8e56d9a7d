/** The same faults where the domain decides what they mean: a call refused, sent without the store, or asked for again. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import 'aws-sdk-client-mock-vitest/extend';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDynamoCacheStore } from '../../shared/cache/adapters/dynamodb.ts';
import { createS3Spill } from '../../shared/cache/adapters/s3.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { toErrorReply } from '../../shared/errors/error-document.ts';
import { createDynamoIdempotencyStore } from '../../shared/idempotency/adapters/dynamodb.ts';
import { createIdempotency } from '../../shared/idempotency/idempotency.ts';
import { createDynamoSlotStore } from '../../shared/large-answers/adapters/dynamodb.ts';
import { createAdmission } from '../../shared/large-answers/admission.ts';
import { createDynamoQuotaStore } from '../../shared/quota/adapters/dynamodb.ts';
import type { GovernorEvent } from '../../shared/quota/governor-options.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { app, createWorld, times, watch } from '../shared/quota/world.ts';
import { failedRequest } from '../support/failed-request.ts';
import { storeFaults } from './store-faults.contract.ts';

const region = { region: 'eu-west-1' };
const base = new DynamoDBClient(region);
const client = DynamoDBDocumentClient.from(base);
const dynamo = mockClient(DynamoDBDocumentClient);
const s3 = mockClient(S3Client);
beforeEach(() => {
  dynamo.reset();
  s3.reset();
});
// Other files run in the same process.
afterAll(() => {
  dynamo.restore();
  s3.restore();
});

const statusOf = (error: unknown): number => toErrorReply(error, failedRequest).status;

describe.each(storeFaults)('%s', (_what, cause) => {
  it('makes the quota answer 503 within seconds, and operators hear of it once', async () => {
    dynamo.onAnyCommand().rejects(cause);
    const events: GovernorEvent[] = [];
    const { time, join } = createWorld();
    const { governor } = join({
      store: createDynamoQuotaStore(base, 't', 'signals'),
      tell: (event) => events.push(event),
    });
    const seen = watch(times(5, () => governor.admit(app)));
    await time.runUntil(4_000);
    const later = watch(times(100, () => governor.admit(app)));
    await time.runUntil(10_000);
    const refusals = [...seen.refused, ...later.refused];
    expect([refusals.length, seen.admitted + later.admitted]).toEqual([105, 0]);
    expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['QUOTA_UNAVAILABLE']));
    expect(new Set(refusals.map(statusOf))).toEqual(new Set([503]));
    expect(events).toEqual([{ kind: 'store-failed', cause }]);
  });

  it('makes idempotency refuse what it cannot carry out once', async () => {
    dynamo.onAnyCommand().rejects(cause);
    const idempotency = createIdempotency({
      store: createDynamoIdempotencyStore(client, 't'),
      clock: systemClock,
      newId: () => 'try',
      lifeHours: 24,
      onFailure: () => {},
      pause: async () => {},
    });
    const headers = [['idempotency-key', 'k']] as const;
    const request = { ...failedRequest, method: 'POST', headers, body: undefined };
    const keyed = { request: { ...request, deadlineMillis: Date.now() }, consumer: { id: 'app' }, target: '/v1/x' };
    const run = vi.fn(async () => ({ status: 201, headers: [], body: undefined }));
    const error = await idempotency.around(keyed, run).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'IDEMPOTENCY_UNAVAILABLE', facts: { sent: false, cause } });
    expect(run).not.toHaveBeenCalled();
  });

  it('refuses a large answer when the store is slow, lets it pass uncounted when it is down, and operators hear of it', async () => {
    dynamo.onAnyCommand().rejects(cause);
    const failures: unknown[] = [];
    const admission = createAdmission({
      store: createDynamoSlotStore(client, 't'),
      clock: systemClock,
      limits: { perConsumer: 1, inAll: 1, pool: 'native' },
      newId: () => 'holder',
      every: () => () => {},
      onFailure: (failure, error) => void failures.push([failure, error]),
    });
    const entry = await admission.enter({ consumerId: 'app', untilMillis: Date.now(), lost: () => {} });
    const isSlow = /^(TimeoutError|ThrottlingException|ProvisionedThroughputExceededException)$/.test(cause.name);
    if (isSlow) expect(entry).toEqual({ refusedBy: 'large-answers-slow-store' });
    else expect(entry).toHaveProperty('ticket');
    expect(failures).toEqual([
      isSlow ? ['answer refused', expect.objectContaining({ cause })] : ['answer not counted', cause],
    ]);
  });

  it('makes a spilled body count as absent, and one that cannot be spilled is not kept', async () => {
    s3.onAnyCommand().rejects(cause);
    const failures: unknown[] = [];
    const spill = createS3Spill(new S3Client(region), 'b', { onFailure: (error) => void failures.push(error) });
    expect(await spill.get('body')).toBeUndefined();
    await spill.remove('body');
    expect(failures).toEqual([cause, cause]);
    await expect(spill.put('body', new Uint8Array(1))).rejects.toBe(cause);
  });
});

describe('keys that DynamoDB leaves unread', () => {
  const read = () => {
    const spill = { put: async () => {}, get: async () => undefined, remove: async () => {} };
    const store = createDynamoCacheStore(client, { tableName: 't', tenant: 'tenant', spill, clock: systemClock });
    return store.read(undefined, []);
  };
  // No pauses between the tries.
  beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));

  it('are asked for again', async () => {
    dynamo.on(BatchGetCommand).callsFake(async (input) => {
      const isFirst = dynamo.commandCalls(BatchGetCommand).length === 1;
      return isFirst ? { UnprocessedKeys: input.RequestItems } : { Responses: { t: [] } };
    });
    expect(await read()).toMatchObject({ entry: undefined, writingUntilMillis: 0 });
    expect(dynamo).toHaveReceivedCommandTimes(BatchGetCommand, 2);
  });

  it('end in CACHE_UNAVAILABLE when they stay unread', async () => {
    dynamo.on(BatchGetCommand).callsFake(async (input) => ({ UnprocessedKeys: input.RequestItems }));
    const error = await read().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'CACHE_UNAVAILABLE' });
    expect(dynamo).toHaveReceivedCommandTimes(BatchGetCommand, 5);
  });
});
