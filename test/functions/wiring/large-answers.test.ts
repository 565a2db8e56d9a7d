/** The slots of large answers on a store that is slow, and on one that is down. */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createHouse } from '../../../functions/house.ts';
import { largeAnswersOf } from '../../../functions/wiring/large-answers.ts';
import { startDynamoDb } from '../../../local/emulators/dynamodb.ts';
import type { Exchange } from '../../../shared/exchange/exchange.ts';
import { closedAfterTest, dynamoDbClient } from '../../support/aws.ts';
import { createTable } from '../../support/tables.ts';

const env = {
  QUOTA_TABLE: 'table',
  LARGE_ANSWERS_PER_CONSUMER: 4,
  LARGE_ANSWERS_IN_ALL: 5,
  LARGE_ANSWERS_POOL: 'native',
};
const asked = {
  consumer: { id: 'app' },
  request: { method: 'GET', deadlineMillis: Date.now() + 3_600_000 },
  operation: { kind: 'read' },
} as Exchange;

/** Sends each call on after `millisOf` its kind, such as `Query`. */
const startSlowProxy = async (storeUrl: string, millisOf: (kind: string) => number): Promise<string> => {
  const server = http.createServer(async (request, response) => {
    const body = await buffer(request);
    const { method, headers } = request;
    await sleep(millisOf(String(headers['x-amz-target']).split('.').at(-1) ?? ''));
    const sent = http.request(storeUrl, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    sent.on('error', () => response.destroy()).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const wireTo = (url: string) => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'eu-west-1' };
  for (const [name, value] of Object.entries({ ...credentials, AWS_ENDPOINT_URL_DYNAMODB: url }))
    vi.stubEnv(name, value);
  const large = largeAnswersOf(createHouse(env));
  const body = new Uint8Array(1_048_577);
  return (): Promise<unknown> =>
    large
      .around(asked, async () => ({ status: 200, headers: [], body }))
      .then(
        ({ status }) => status,
        ({ code }) => code,
      );
};
const printed = (): string => vi.mocked(process.stdout.write).mock.calls.join('\n');

describe('a store that answers each read after 1.1 s, as on a busy machine', () => {
  it('lets four of twelve large answers pass that come at once, and none uncounted', async () => {
    const { url } = await closedAfterTest(startDynamoDb({}));
    await createTable(dynamoDbClient(url), env.QUOTA_TABLE);
    const ask = wireTo(await startSlowProxy(url, (kind) => (kind === 'Query' ? 1_100 : 0)));
    const outcomes = await Promise.all(Array.from({ length: 12 }, ask));
    expect(outcomes.toSorted()).toEqual([...Array(4).fill(200), ...Array(8).fill('TOO_MANY_LARGE_ANSWERS')]);
    expect(printed()).not.toContain('LargeAnswersUncounted');
  });
});

describe('a store that is down', () => {
  it('lets a large answer pass uncounted, and says so', async () => {
    const ask = wireTo('http://127.0.0.1:1');
    expect(await ask()).toBe(200);
    expect(printed()).toContain('LargeAnswersUncounted');
  });
});
