/**
 * What an adapter does when AWS refuses, fails or is too slow, which emulators cannot show: every method of it fails with the code of
 * its store, which is a 503, keeps the cause for the log, and shows the caller nothing of it.
 */
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors/app-error.ts';
import { toErrorReply } from '../../shared/errors/error-document.ts';
import type { StoreCode } from '../../shared/errors/store-failure.ts';
import { failedRequest } from '../support/failed-request.ts';

/** Texts that callers must never get. */
const inner = 'arn:aws:dynamodb:eu-west-1:000000000000:table/inner-name';

const failure = (name: string, facts: object = {}): Error =>
  Object.assign(new Error(`${name} on ${inner}`), { name, ...facts });
/** An answer of the service; its client has repeated the request by then. */
const answered = (name: string, httpStatusCode: number): Error =>
  failure(name, { $metadata: { httpStatusCode, attempts: 3 }, $fault: httpStatusCode < 500 ? 'client' : 'server' });

/** As the clients of the SDK throw them: the names are those of the API references, the first column is for the reader. */
export const storeFaults: readonly (readonly [what: string, error: Error])[] = [
  ['throttling of a table', answered('ProvisionedThroughputExceededException', 400)],
  ['throttling of an account', answered('ThrottlingException', 400)],
  ['throttling of a bucket', answered('SlowDown', 503)],
  ['expired credentials', answered('ExpiredTokenException', 400)],
  ['no credentials', failure('CredentialsProviderError', { tryNextLink: false })],
  ['a right that is missing', answered('AccessDeniedException', 400)],
  ['a table that is missing', answered('ResourceNotFoundException', 400)],
  ['an answer that does not come', failure('TimeoutError')],
  ['a request that was given up', failure('AbortError')],
  ['a connection that is refused', failure('Error', { code: 'ECONNREFUSED' })],
  [
    'a transaction that was cancelled',
    new TransactionCanceledException({
      message: `Transaction cancelled: ${inner}`,
      $metadata: { httpStatusCode: 400 },
      CancellationReasons: [{ Code: 'TransactionConflict' }],
    }),
  ],
  ['an error of the service', answered('InternalServerError', 500)],
  ['an answer that is no JSON', Object.assign(new SyntaxError(`Unexpected token at ${inner}`), { $metadata: {} })],
];

export type Call = () => Promise<unknown>;

const failureOf = (call: Call): Promise<unknown> =>
  call().then(
    (value) => expect.fail(`answered ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );

/**
 * @param failing makes every command of the client fail with this error, and says how many were sent since.
 * @param calls each method of the adapter, with arguments for which it asks the store.
 */
export const storeFaultsContract = (
  name: string,
  code: StoreCode,
  failing: (error: Error) => () => number,
  calls: () => Readonly<Record<string, Call>>,
): void => {
  describe(`faults of AWS: ${name}`, () => {
    it.each(storeFaults)(`${code} for %s, from every method`, async (_what, cause) => {
      const sent = failing(cause);
      const methods = Object.entries(calls());
      expect(methods).not.toEqual([]);
      for (const [method, call] of methods) {
        const before = sent();
        const error = await failureOf(call);
        expect(sent(), `${method} asks the store`).toBeGreaterThan(before);
        expect(error, method).toBeInstanceOf(AppError);
        expect((error as AppError).facts.cause, `${method} keeps the cause`).toBe(cause);
        const { status, document, headers } = toErrorReply(error, failedRequest);
        expect([method, status, document.errors[0]?.code]).toEqual([method, 503, code]);
        expect(headers.find(([header]) => header === 'retry-after')?.[1]).toMatch(/^[1-9]\d*$/);
        expect(JSON.stringify(document)).not.toContain(inner);
      }
    });
  });
};
