/** A store that takes connections and never answers, or never ends an answer: the wait ends. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { logger } from '../../../functions/edge/logger.ts';
import { createHouse } from '../../../functions/house.ts';
import { auditOf } from '../../../functions/wiring/audit.ts';
import { idempotencyOf } from '../../../functions/wiring/idempotency.ts';
import { boundLargeAnswers } from '../../../functions/wiring/large-answers.ts';
import { quotaOf, quotaReaderOf } from '../../../functions/wiring/quota.ts';
import { requestLogOf } from '../../../functions/wiring/requests.ts';
import { clientSettings, patienceOf, profiles, requestHandler } from '../../../functions/wiring/time-outs.ts';
import type { Caller } from '../../../shared/exchange/consumer.ts';
import type { Exchange } from '../../../shared/exchange/exchange.ts';
import type { KeyedRequest } from '../../../shared/idempotency/key.ts';
import { answered } from '../../shared/requests/support.ts';

const silence = (): void => {};
const stall = (socket: Socket): void =>
  void socket.once('data', () =>
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: 100\r\n\r\n{"It'),
  );

const startStore = async (onConnection: (socket: Socket) => void): Promise<string> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}).resume());
    onConnection(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const stores = [
  ['never answers', silence],
  ['never ends an answer', stall],
] as const;

/** Each client waits a fifth as long as its profile says. */
const impatient = { STORE_PATIENCE: 0.2 } as const;

const act = { caller: { consumer: { id: 'app' } } as Caller, requestId: 'r', act: 'consumers.create', target: 'x' };

const keyed: KeyedRequest = {
  request: {
    requestId: 'r',
    method: 'POST',
    headers: [['idempotency-key', 'k']],
    body: undefined,
    publicUrl: '',
    deadlineMillis: Date.now() + 3_600_000,
  },
  consumer: { id: 'app' },
  target: '/v1/consumers',
};

const sent = {
  consumer: { id: 'app' },
  request: { requestId: 'r', deadlineMillis: Date.now() + 3_600_000 },
} as Exchange;

const auditEnv = { AUDIT_TABLE: 't', AUDIT_RETENTION_DAYS: 1, AUDIT_WHEN_STORE_FAILS: 'refuse', ...impatient } as const;
const quotaEnv = {
  QUOTA_TABLE: 't',
  QUOTA_MODE: 'enforce',
  QUOTA_WHEN_STORE_FAILS: 'refuse',
  TENANT_REQUESTS_PER_MINUTE: 1_000,
  QUOTA_DIRECT_SHARE: 0,
  QUOTA_RESERVED_SHARE: 0.25,
  ...impatient,
} as const;

const useStore = (url: string): void => {
  const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'eu-west-1' };
  for (const [name, value] of Object.entries({ ...credentials, AWS_ENDPOINT_URL_DYNAMODB: url }))
    vi.stubEnv(name, value);
};

describe.each(stores)('a store that %s', (_name, onConnection) => {
  const run = vi.fn(async () => ({ status: 201, headers: [], body: undefined }));

  beforeEach(async () => {
    run.mockClear();
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    useStore(await startStore(onConnection));
    return () => {
      vi.unstubAllEnvs();
      vi.restoreAllMocks();
    };
  });

  it('makes the audit log refuse what it cannot record', async () => {
    await expect(auditOf(createHouse(auditEnv)).around(act, run)).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect(run).not.toHaveBeenCalled();
  });

  it('makes idempotency refuse what it cannot carry out once', async () => {
    const idempotency = idempotencyOf(createHouse({ IDEMPOTENCY_TABLE: 't', IDEMPOTENCY_HOURS: 24, ...impatient }));
    await expect(idempotency.around(keyed, run)).rejects.toMatchObject({ code: 'IDEMPOTENCY_UNAVAILABLE' });
    expect(run).not.toHaveBeenCalled();
  });

  it('makes the quota refuse when it may not let go uncounted', async () => {
    const { gate } = quotaOf(createHouse(quotaEnv));
    await expect(gate.admit(sent)).rejects.toMatchObject({ code: 'QUOTA_UNAVAILABLE' });
  });

  it('makes large answers wait, then refuses them, and lets none pass uncounted', async () => {
    const env = { LARGE_ANSWERS_PER_CONSUMER: 4, LARGE_ANSWERS_IN_ALL: 5, LARGE_ANSWERS_POOL: 'native' };
    const warn = vi.spyOn(logger, 'warn');
    const large = boundLargeAnswers(createHouse({ QUOTA_TABLE: 't', ...env, ...impatient }), 200);
    const answer = { status: 200, headers: [], body: new Uint8Array(1_048_577) };
    const operation = { kind: 'read' } as Exchange['operation'];
    const asking = large.around({ ...sent, operation }, async () => answer);
    await expect(asking).rejects.toMatchObject({ code: 'LARGE_ANSWERS_UNAVAILABLE' });
    const told = warn.mock.calls.map(([line]) => String(line)).filter((line) => line.startsWith('large answers'));
    expect(told).toEqual(['large answers: answer refused']);
    expect(vi.mocked(process.stdout.write).mock.calls.join('\n')).not.toContain('LargeAnswersUncounted');
  });

  it('loses the record of a request and holds nobody', async () => {
    const keep = requestLogOf(createHouse({ REQUEST_LOG: 'on', REQUESTS_TABLE: 't', ...impatient }));
    await expect(keep?.(answered({ sends: [200] }))).resolves.toBeUndefined();
  });
});

/** As a server does that ends a connection which nobody has used for a while. */
const closeFirst = () => {
  let connections = 0;
  return (socket: Socket): void => {
    connections += 1;
    if (connections === 1) socket.destroy();
    else socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'));
  };
};

describe('a store that closes a connection without an answer', () => {
  beforeEach(() => () => vi.unstubAllEnvs());

  it('is read again by whoever only shows the budget, so health reports no failure', async () => {
    useStore(await startStore(closeFirst()));
    const { value } = await quotaReaderOf(createHouse({ QUOTA_TABLE: 't' })).read();
    expect(value).toBeUndefined();
  });
});

describe('the patience of a house', () => {
  it('is one where nothing is set, and makes each wait of a client so many times as long', () => {
    expect([patienceOf(createHouse({})), patienceOf(createHouse({ STORE_PATIENCE: 20 }))]).toEqual([1, 20]);
    expect(clientSettings(profiles.budget, 20)).toEqual({
      maxAttempts: profiles.budget.maxAttempts,
      requestHandler: requestHandler(profiles.budget.requestMillis * 20, profiles.budget.connectionMillis * 20),
    });
  });
});
