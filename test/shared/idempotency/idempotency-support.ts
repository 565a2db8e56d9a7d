import { AppError } from '../../../shared/errors/app-error.ts';
import type { NativeAnswer } from '../../../shared/exchange/exchange.ts';
import { createMemoryIdempotencyStore } from '../../../shared/idempotency/adapters/memory.ts';
import { createIdempotency, type IdempotencyOptions } from '../../../shared/idempotency/idempotency.ts';
import type { KeyedRequest } from '../../../shared/idempotency/key.ts';

export const noon = Date.parse('2026-06-15T12:00:00Z');

export const create = (overrides: Partial<IdempotencyOptions> = {}) => {
  let now = noon;
  let ids = 0;
  const store = createMemoryIdempotencyStore();
  const failures: string[] = [];
  const idempotency = createIdempotency({
    store,
    clock: { nowMillis: () => now },
    newId: () => `try-${++ids}`,
    lifeHours: 24,
    onFailure: (what) => void failures.push(what),
    pause: async () => {},
    ...overrides,
  });
  return { ...idempotency, store, failures, pass: (millis: number) => (now += millis) };
};

export const post = (
  request: Partial<KeyedRequest['request']> = {},
  parts: Partial<KeyedRequest> = {},
): KeyedRequest => ({
  request: {
    requestId: 'request-1',
    method: 'POST',
    headers: [['idempotency-key', 'k1']],
    body: Buffer.from('{"name":"a"}'),
    publicUrl: 'https://facade.example.com',
    deadlineMillis: noon + 30_000,
    ...request,
  },
  consumer: { id: 'app' },
  target: '/api/rest/v1.0/entities',
  upstream: { name: 'signals' },
  operation: { kind: 'write' },
  ...parts,
});

export const made = (body: NativeAnswer['body'] = Buffer.from('{"data":{"id":"e1"}}'), status = 201): NativeAnswer => ({
  status,
  headers: [
    ['content-type', 'application/vnd.api+json'],
    ['set-cookie', 'session=secret'],
  ],
  body,
});

/** Counts what would go upstream. */
export const counting = (answer: () => NativeAnswer | Promise<NativeAnswer> = made) => {
  const run = Object.assign(
    async () => {
      run.count += 1;
      return answer();
    },
    { count: 0 },
  );
  return run;
};
export const textOf = (answer: NativeAnswer): string => Buffer.from(answer.body as Uint8Array).toString();
export const isReplay = ({ headers }: NativeAnswer): boolean =>
  headers.some(([name]) => name === 'idempotency-replayed');
export const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
