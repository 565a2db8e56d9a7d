/** One call with one credential, through audit, cache, quota and upstream: for a consumer, or for the facade itself. */
import type { Audit } from '../audit/audit.ts';
import type { CredentialChooser } from '../credentials/choose.ts';
import type { Credential } from '../exchange/credential.ts';
import { type Decision, noteSend } from '../exchange/decision.ts';
import type { AnswerCache, Exchange, Forward, NativeAnswer } from '../exchange/exchange.ts';
import { statusOf } from '../exchange/send-outcome.ts';
import { type CallDependencies, callUpstream } from './call-upstream.ts';

export type AnswerParts = CallDependencies & {
  readonly cache: AnswerCache;
  /** Records writes; absent = nothing is recorded. */
  readonly audit?: Pick<Audit, 'aroundWrite'>;
  readonly credentials: Pick<CredentialChooser, 'observe'>;
};

/**
 * The answer as the upstream or the cache gave it; `decision` is filled on the way, also if the call fails.
 * @throws AppError as `callUpstream` does, AUDIT_UNAVAILABLE.
 */
export const answerAs = async (
  credential: Credential,
  exchange: Exchange,
  decision: Decision,
  { cache, audit, credentials, ...dependencies }: AnswerParts,
): Promise<NativeAnswer> => {
  const { request, upstream } = exchange;
  decision.credential = `${credential.kind} ${credential.id}`;
  const forwardAfter =
    (recordIntent: () => Promise<void>): Forward =>
    ({ headers = request.headers, beforeSend } = {}) => {
      const observed: Promise<void>[] = [];
      const parts: CallDependencies = {
        ...dependencies,
        onSend(sent, outcome) {
          dependencies.onSend?.(sent, outcome);
          if (outcome.kind === 'not-sent') return;
          noteSend(decision, statusOf(outcome));
          observed.push(credentials.observe(upstream.name, credential, outcome));
        },
      };
      const records = { recordIntent, ...(beforeSend ? { markCacheTags: beforeSend } : {}) };
      const answer = callUpstream({ ...exchange, request: { ...request, headers } }, credential, parts, records);
      // Also for a call that refreshes a cache entry after the answer has left.
      return answer.finally(() => Promise.all(observed));
    };
  const run = async (recordIntent: () => Promise<void>): Promise<NativeAnswer> => {
    const { answer, cacheStatus } = await cache.answer(exchange, forwardAfter(recordIntent));
    decision.cacheStatus = cacheStatus;
    return answer;
  };
  const answer = await (audit ? audit.aroundWrite(exchange, credential, run) : run(async () => {}));
  return { ...answer, actedAs: credential.kind };
};
