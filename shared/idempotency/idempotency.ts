/**
 * Idempotency-Key on POST (draft-ietf-httpapi-idempotency-key-header): the first request with a key is carried out, and
 * its retries get the same answer.
 */
import { changedNothing } from '../audit/certainty.ts';
import { AppError } from '../errors/app-error.ts';
import type { CredentialKind } from '../exchange/credential.ts';
import type { NativeAnswer } from '../exchange/exchange.ts';
import { isPassingRefusal } from '../exchange/refusals.ts';
import type { Clock } from '../time/clock.ts';
import { endsWithin } from '../time/within.ts';
import { findKey, fingerprintOf, type KeyedRequest, readKey, recordName } from './key.ts';
import type { IdempotencyRecord, IdempotencyStore, StoredOutcome } from './record.ts';
import { replay, toFailedAnswer, toStored, toStoredError, toStoredHead } from './stored-answer.ts';

export type IdempotencyOptions = {
  readonly store: IdempotencyStore;
  readonly clock: Clock;
  /** A new owner for each try, such as a UUID. */
  readonly newId: () => string;
  readonly lifeHours: number;
  /** Called with an outcome that was not stored: the answer leaves anyway. Must not throw. */
  readonly onFailure: (what: string, cause: unknown) => void;
  /** Waits between tries. */
  readonly pause: (millis: number) => Promise<void>;
};

/** The deadline of a function and the skew of two instances' clocks. */
const leaseMarginMillis = 10_000;
/** Most requests end within it. A caller that retries too early gets it again. */
const longestRetryAfterSeconds = 5;
const pausesMillis = [100, 500, 1_500];
/** The longest wait of an answer for its outcome to be stored, and of a refusal for its key to be freed. */
const mostSettleMillis = 5_000;
const mostReleaseMillis = 2_000;
const hourSeconds = 3_600;

/** Operations of these kinds change nothing, so a key on them has no effect. */
export const readKinds: ReadonlySet<string> = new Set(['read', 'read-body', 'async-status']);

const isStream = (body: KeyedRequest['request']['body']): boolean =>
  body !== undefined && !(body instanceof Uint8Array);

/**
 * On native operations an invalid key is ignored, because the tenant's API may accept it. On the facade's own routes it
 * is an error. A path that may be read as a write counts as one.
 */
const keyOf = ({ request, operation, lookalike }: KeyedRequest): string | undefined => {
  if (request.method !== 'POST' || isStream(request.body)) return undefined;
  if (!operation) return readKey(request.headers);
  const isRead = readKinds.has(operation.kind) && (!lookalike || readKinds.has(lookalike.kind));
  return isRead ? undefined : findKey(request.headers);
};

type RunOptions = {
  /** False: only the status is kept, for answers with a secret in them. */
  readonly keepsBody?: boolean;
  /** Called before a key costs anything. What it throws refuses the request. */
  readonly beforeBegin?: () => void;
  /** Whether a failed `run` may have changed something, if its error does not say; true by default. */
  readonly mayHaveSent?: () => boolean;
  /** Called before a first answer is replayed, with as whom it was made. What it throws refuses the request. */
  readonly mayRepeat?: (actedAs: CredentialKind | undefined) => void;
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

  /** The record may exist anyway, and would block every retry until its lease ends. */
  const releaseIfBegun = (name: string, record: IdempotencyRecord): Promise<unknown> =>
    endsWithin(store.release(name, record), mostReleaseMillis).catch(() => {});

  const begin = (name: string, record: IdempotencyRecord): Promise<IdempotencyRecord | undefined> =>
    store.begin(name, record, record.beganMillis).catch(async (cause: unknown) => {
      await releaseIfBegun(name, record);
      throw new AppError('IDEMPOTENCY_UNAVAILABLE', {
        detail: 'The facade cannot tell whether this key came before. Nothing was sent; try again with the same key.',
        retryAfterSeconds: 5,
        sent: false,
        cause,
      });
    });

  /** The answer of a retried request. @throws AppError IDEMPOTENCY_KEY_REUSED, _IN_PROGRESS, _UNREPLAYABLE. */
  const repeat = (
    first: IdempotencyRecord,
    record: IdempotencyRecord,
    request: KeyedRequest['request'],
    mayRepeat: NonNullable<RunOptions['mayRepeat']>,
  ): NativeAnswer => {
    if (first.fingerprint !== record.fingerprint)
      throw new AppError('IDEMPOTENCY_KEY_REUSED', {
        detail:
          'Method, path, query, content type or body differ from those of the first request under this key. Take a new key for another request.',
        source: { header: 'Idempotency-Key' },
      });
    if (first.outcome) {
      mayRepeat(first.outcome.actedAs);
      return replay(first, first.outcome, request);
    }
    const leftSeconds = Math.ceil((first.leaseUntilMillis - record.beganMillis) / 1_000);
    throw new AppError('IDEMPOTENCY_IN_PROGRESS', {
      detail: 'The first request under this key has not ended yet. Send the same request again a little later.',
      retryAfterSeconds: Math.max(1, Math.min(longestRetryAfterSeconds, leftSeconds)),
    });
  };

  const keep = async (
    name: string,
    record: IdempotencyRecord,
    outcome: StoredOutcome | undefined,
    isOver: () => boolean,
  ): Promise<void> => {
    for (const pauseMillis of [...pausesMillis, undefined]) {
      try {
        if (outcome === undefined) return await store.release(name, record);
        if (!(await store.finish(name, record, outcome)))
          options.onFailure('an outcome came after its key was taken over', undefined);
        return;
      } catch (cause) {
        if (isOver()) return;
        if (pauseMillis === undefined) return options.onFailure('an outcome was not kept', cause);
        await options.pause(pauseMillis);
      }
    }
  };

  /**
   * Never throws. Without its outcome the key stays in progress until the lease ends. Then another request takes it
   * over.
   */
  const settle = async (name: string, record: IdempotencyRecord, outcome: StoredOutcome | undefined): Promise<void> => {
    let isOver = false;
    const kept = keep(name, record, outcome, () => isOver);
    if (await endsWithin(kept, mostSettleMillis)) return;
    isOver = true;
    options.onFailure('an outcome was not kept in time', undefined);
  };

  return {
    /**
     * Runs a POST with an Idempotency-Key once. Any other request, and a streamed body, passes through. The result or
     * error of `run` passes unchanged. Its outcome is stored if it may have changed something, or is what the upstream said to
     * it. Other refusals, and failures before anything was sent, free the key.
     * @throws AppError REQUEST_INVALID, IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_IN_PROGRESS, IDEMPOTENCY_UNREPLAYABLE,
     * IDEMPOTENCY_UNAVAILABLE, before `run`.
     */
    async around(
      keyed: KeyedRequest,
      run: () => Promise<NativeAnswer>,
      { keepsBody = true, beforeBegin = () => {}, mayHaveSent = () => true, mayRepeat = () => {} }: RunOptions = {},
    ): Promise<NativeAnswer> {
      const key = keyOf(keyed);
      if (key === undefined) return run();
      beforeBegin();
      const name = recordName(keyed, key);
      const record = newRecord(keyed, clock.nowMillis());
      const first = await begin(name, record);
      if (first) return repeat(first, record, keyed.request, mayRepeat);
      const toOutcome = keepsBody ? toStored : toStoredHead;
      const outcomeOf = (error: unknown): StoredOutcome | undefined => {
        if (error instanceof AppError && error.facts.isOutcome) return toOutcome(toFailedAnswer(error, keyed.request));
        return changedNothing(error) || !mayHaveSent() ? undefined : toStoredError(error);
      };
      const answer = await run().catch(async (error: unknown) => {
        await settle(name, record, outcomeOf(error));
        throw error;
      });
      await settle(name, record, isPassingRefusal(answer.status) ? undefined : toOutcome(answer));
      return answer;
    },
  };
};
export type Idempotency = ReturnType<typeof createIdempotency>;
