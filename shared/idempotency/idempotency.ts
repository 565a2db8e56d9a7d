/**
 * Idempotency-Key on POST (draft-ietf-httpapi-idempotency-key-header): the first request under a key is carried out, those
 * that repeat it get its answer.
 */
import { changedNothing } from '../audit/certainty.ts';
import { AppError } from '../errors/app-error.ts';
import type { NativeAnswer } from '../native/exchange.ts';
import type { Clock } from '../time/clock.ts';
import { fingerprintOf, type KeyedRequest, readKey, recordName } from './key.ts';
import type { IdempotencyRecord, IdempotencyStore, StoredOutcome } from './record.ts';
import { replay, toStored, toStoredError } from './stored-answer.ts';

export type IdempotencyOptions = {
  readonly store: IdempotencyStore;
  readonly clock: Clock;
  /** A new owner for each try, such as a UUID. */
  readonly newId: () => string;
  readonly lifeHours: number;
  /** Told of an outcome that was not kept: the answer goes out all the same. Must not throw. */
  readonly onFailure: (what: string, cause: unknown) => void;
  /** Waits between tries. */
  readonly pause: (millis: number) => Promise<void>;
};

/** The deadline of a function and the skew of two instances' clocks. */
const leaseMarginMillis = 10_000;
/** Most requests end within it; a caller who comes too early is told again. */
const longestRetryAfterSeconds = 5;
const pausesMillis = [100, 500, 1_500];
const hourSeconds = 3_600;

/** Repeating them changes nothing, so a key on them has no meaning. */
const readKinds: ReadonlySet<string> = new Set(['read', 'read-body', 'async-status']);

/** Refused for now or for its credential: nothing was changed, and the same request may succeed later. */
const isPassingRefusal = (status: number): boolean => status === 429 || status === 401;

const isStream = (body: KeyedRequest['request']['body']): boolean =>
  body !== undefined && !(body instanceof Uint8Array);

const keyOf = ({ request, operation }: KeyedRequest): string | undefined => {
  if (request.method !== 'POST' || isStream(request.body)) return undefined;
  return operation && readKinds.has(operation.kind) ? undefined : readKey(request.headers);
};

export const createIdempotency = (options: IdempotencyOptions) => {
  const { store, clock } = options;

  const newRecord = (keyed: KeyedRequest, nowMillis: number): IdempotencyRecord => ({
    fingerprint: fingerprintOf(keyed),
    owner: options.newId(),
    beganMillis: nowMillis,
    leaseUntilMillis: Math.max(nowMillis, keyed.request.deadlineMillis) + leaseMarginMillis,
    deleteAtSeconds: Math.ceil(nowMillis / 1_000) + options.lifeHours * hourSeconds,
  });

  const begin = (name: string, record: IdempotencyRecord): Promise<IdempotencyRecord | undefined> =>
    store.begin(name, record, record.beganMillis).catch((cause: unknown) => {
      throw new AppError('IDEMPOTENCY_UNAVAILABLE', {
        detail: 'The facade cannot tell whether this key came before. Nothing was sent; try again with the same key.',
        retryAfterSeconds: 5,
        sent: false,
        cause,
      });
    });

  /** What a repeated request gets. @throws AppError IDEMPOTENCY_KEY_REUSED, _IN_PROGRESS, _UNREPLAYABLE. */
  const repeat = (first: IdempotencyRecord, record: IdempotencyRecord, requestId: string): NativeAnswer => {
    if (first.fingerprint !== record.fingerprint)
      throw new AppError('IDEMPOTENCY_KEY_REUSED', {
        detail:
          'Method, path, query, content type or body differ from those of the first request under this key. Take a new key for another request.',
        source: { header: 'Idempotency-Key' },
      });
    if (first.outcome) return replay(first, first.outcome, requestId);
    const leftSeconds = Math.ceil((first.leaseUntilMillis - record.beganMillis) / 1_000);
    throw new AppError('IDEMPOTENCY_IN_PROGRESS', {
      detail: 'The first request under this key has not ended yet. Send the same request again a little later.',
      retryAfterSeconds: Math.max(1, Math.min(longestRetryAfterSeconds, leftSeconds)),
    });
  };

  /** Never throws: without its outcome the key stays in progress until the lease ends, and is then taken over. */
  const settle = async (name: string, record: IdempotencyRecord, outcome: StoredOutcome | undefined): Promise<void> => {
    for (const pauseMillis of [...pausesMillis, undefined]) {
      try {
        if (outcome === undefined) return await store.release(name, record);
        if (!(await store.finish(name, record, outcome)))
          options.onFailure('an outcome came after its key was taken over', undefined);
        return;
      } catch (cause) {
        if (pauseMillis === undefined) return options.onFailure('an outcome was not kept', cause);
        await options.pause(pauseMillis);
      }
    }
  };

  return {
    /**
     * Runs a POST with an Idempotency-Key once; anything else, and a body that is a stream, passes straight on. What `run`
     * answers or throws passes unchanged. Its outcome is kept when it may have changed something or says that the request is
     * wrong; other refusals free the key. `keepsBody: false` keeps only the status, for answers with a secret in them.
     * @throws AppError REQUEST_INVALID, IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_IN_PROGRESS, IDEMPOTENCY_UNREPLAYABLE,
     * IDEMPOTENCY_UNAVAILABLE, before `run`.
     */
    async around(
      keyed: KeyedRequest,
      run: () => Promise<NativeAnswer>,
      { keepsBody = true }: { readonly keepsBody?: boolean } = {},
    ): Promise<NativeAnswer> {
      const key = keyOf(keyed);
      if (key === undefined) return run();
      const name = recordName(keyed, key);
      const record = newRecord(keyed, clock.nowMillis());
      const first = await begin(name, record);
      if (first) return repeat(first, record, keyed.request.requestId);
      const answer = await run().catch(async (error: unknown) => {
        await settle(name, record, changedNothing(error) ? undefined : toStoredError(error));
        throw error;
      });
      const stored = keepsBody ? toStored(answer) : { kind: 'head' as const, status: answer.status };
      await settle(name, record, isPassingRefusal(answer.status) ? undefined : stored);
      return answer;
    },
  };
};
export type Idempotency = ReturnType<typeof createIdempotency>;
