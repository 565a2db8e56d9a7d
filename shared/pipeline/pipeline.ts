/**
 * The steps of one native request, in order: identify the consumer, match the operation, authorise the scope, choose the credential,
 * then cache, quota, upstream and links. The records of a write (audit log, marks of the cache) are written only after the quota has
 * admitted it.
 */

import { Readable } from 'node:stream';
import { unknownGroup } from '../catalogue/operation.ts';
import { mayCall, scopeOf } from '../consumers/consumer.ts';
import type { Identifier } from '../consumers/identify.ts';
import { scopeMissing } from '../consumers/scope-missing.ts';
import { type CredentialChooser, ensureMayRepeat, mustBePerson, onlyKindFor } from '../credentials/choose.ts';
import { AppError } from '../errors/app-error.ts';
import type { Caller, Consumer } from '../exchange/consumer.ts';
import { actingAsFields, type Credential, type CredentialKind, failedAs } from '../exchange/credential.ts';
import type { Decision } from '../exchange/decision.ts';
import type { Exchange, NativeAnswer, NativeRequest } from '../exchange/exchange.ts';
import type { Upstream } from '../exchange/upstream.ts';
import type { Headers } from '../http/headers.ts';
import type { Idempotency } from '../idempotency/idempotency.ts';
import type { LargeAnswers } from '../large-answers/large-answers.ts';
import { explainRefusal } from '../requests/rate-limit.ts';
import { type AnswerParts, answerAs } from './answer-as.ts';
import { withCondition } from './if-match.ts';
import { toUpstreamPath, toUpstreamQuery } from './native-path.ts';
import { type OwnCall, toOwnRequest } from './own-call.ts';
import { toCallerAnswer } from './to-caller.ts';

export type PipelineDependencies = AnswerParts & {
  readonly upstream: Upstream;
  readonly identifier: Identifier;
  readonly credentials: CredentialChooser;
  /** Replays first answers; absent = an Idempotency-Key has no effect. */
  readonly idempotency?: Pick<Idempotency, 'around'>;
  /** Bounds the large answers in flight; absent = no bound. */
  readonly largeAnswers?: Pick<LargeAnswers, 'around'>;
  /** Header fields with the state of the quota for a consumer. */
  readonly rateLimit?: (consumer: Consumer) => Headers;
};

type Authorised = Omit<Exchange, 'principal'> & Caller;
type Wanted = Authorised & { readonly publicUrl: string };

/** How many keys are tried if the upstream refuses one after the other. */
const mostCredentials = 3;

const isStream = (body: NativeRequest['body']): boolean => body !== undefined && !(body instanceof Uint8Array);

export const createNativePipeline = (dependencies: PipelineDependencies) => {
  const { upstream, identifier, credentials } = dependencies;

  const identify = (request: Pick<NativeRequest, 'headers'>): Promise<Caller> => identifier.identify(request.headers);

  const authorise = (request: NativeRequest, caller: Caller, decision: Decision): Authorised => {
    const { consumer, keyId } = caller;
    decision.consumer = consumer.id;
    decision.incarnation = consumer.incarnation;
    if (keyId !== undefined) decision.keyId = keyId;
    const target = upstream.basePath + toUpstreamPath(request.path) + toUpstreamQuery(request.query);
    const match = upstream.catalogue.match(request.method, request.path);
    Object.assign(decision, {
      // An operation outside the catalogue has its raw path as its name, which may contain anything.
      operation: `${request.method} ${match.operation.group === unknownGroup ? '(not in the catalogue)' : match.operation.path}`,
      group: match.operation.group,
      cacheClass: match.operation.cache,
    });
    decision.scope = scopeOf(match.operation);
    const needed = match.lookalike ? [match.operation, match.lookalike] : [match.operation];
    const missing = needed.filter((operation) => !mayCall(consumer, operation)).map(scopeOf);
    if (missing.length > 0) throw scopeMissing(consumer, missing);
    return { ...match, request, upstream, ...caller, target };
  };

  /** A replayed answer does not come from the cache, so it has no Cache-Status. */
  const toCaller = async (authorised: Authorised, answer: NativeAnswer, decision: Decision): Promise<NativeAnswer> => {
    const { headers, ...rest } = await toCallerAnswer(authorised, answer).catch((error: unknown) => {
      if (answer.body instanceof Readable) answer.body.destroy();
      throw error;
    });
    const rateLimit = dependencies.rateLimit?.(authorised.consumer) ?? [];
    const { cacheStatus } = decision;
    const cacheFields: Headers = cacheStatus ? [['cache-status', `signals-facade; ${cacheStatus}`]] : [];
    return {
      ...rest,
      actedAs: answer.actedAs,
      headers: [...headers, ...actingAsFields(answer.actedAs), ...rateLimit, ...cacheFields],
    };
  };

  /** The credential to try after `refused`; a refused call has changed nothing upstream. Undefined = there is none. */
  const chooseAnother = async (
    refused: Credential,
    wanted: Wanted,
    error: unknown,
  ): Promise<Credential | undefined> => {
    if (!(error instanceof AppError) || isStream(wanted.request.body)) return undefined;
    if (error.code === 'USER_TOKEN_NEEDED') throw await credentials.personNeeded(wanted);
    if (error.code !== 'CREDENTIAL_UNAVAILABLE') return undefined;
    const next = await credentials.choose(wanted);
    return next.secret === refused.secret ? undefined : next;
  };

  /** The next credential. @throws the error for the caller if there is none. */
  const nextAfter = async (
    refused: Credential,
    tries: number,
    wanted: Wanted,
    error: unknown,
    decision: Decision,
  ): Promise<Credential> => {
    try {
      const next = tries < mostCredentials ? await chooseAnother(refused, wanted, error) : undefined;
      if (next) return next;
      throw explainRefusal(error, dependencies.rateLimit?.(wanted.consumer) ?? [], decision);
    } catch (refusal) {
      throw failedAs(refused.kind, refusal);
    }
  };

  /** The unchanged answer of the upstream, with the first credential that it accepts. */
  const answerAsSomebody = async (
    authorised: Authorised,
    wanted: Wanted,
    decision: Decision,
  ): Promise<NativeAnswer> => {
    let credential = await credentials.choose(wanted);
    for (let tries = 1; ; tries += 1) {
      try {
        const exchange: Exchange = { ...authorised, principal: credential.principal, decision };
        return await answerAs(credential, exchange, decision, dependencies);
      } catch (error) {
        credential = await nextAfter(credential, tries, wanted, error, decision);
      }
    }
  };

  /** Refuses before the store of keys is read, while calls of this consumer are being refused. */
  const refuseForeseen = (authorised: Authorised, decision: Decision): void => {
    try {
      // No credential is chosen yet, and the quota does not need one.
      dependencies.quota.refuseForeseen?.({ ...authorised, principal: '', decision });
    } catch (error) {
      const refusal = explainRefusal(error, dependencies.rateLimit?.(authorised.consumer) ?? [], decision);
      throw failedAs(onlyKindFor(authorised), refusal);
    }
  };

  /** Everything but identifying the caller. */
  const answerFor = async (caller: Caller, request: NativeRequest, decision: Decision): Promise<NativeAnswer> => {
    const allowed = authorise(request, caller, decision);
    // Only these operations compare versions.
    const authorised = allowed.operation.digest === undefined ? allowed : withCondition(allowed);
    const wanted: Wanted = { ...authorised, publicUrl: request.publicUrl };
    const run = () => answerAsSomebody(authorised, wanted, decision);
    const { idempotency, largeAnswers } = dependencies;
    const hooks = {
      beforeBegin: () => refuseForeseen(authorised, decision),
      mayHaveSent: () => (decision.sends?.length ?? 0) > 0,
      mayRepeat: (actedAs: CredentialKind | undefined) => ensureMayRepeat(authorised, actedAs),
    };
    const answerCaller = async (): Promise<NativeAnswer> => {
      const answer = await (idempotency ? idempotency.around(authorised, run, hooks) : run());
      return toCaller(authorised, answer, decision).catch((error: unknown) => {
        throw failedAs(answer.actedAs, error);
      });
    };
    return largeAnswers ? largeAnswers.around({ ...authorised, decision }, answerCaller) : answerCaller();
  };

  return {
    upstream,
    /**
     * Answers one native request; `decision` is filled on the way, also if the call fails.
     * @throws AppError for each refusal or failure of the facade.
     */
    answer: async (request: NativeRequest, decision: Decision = {}): Promise<NativeAnswer> =>
      answerFor(await identify(request), request, decision),
    /**
     * Calls for an already identified caller, such as the consumer of an export: with its scopes, its credentials and its share of the
     * quota, through cache and audit log.
     * @param requestId of the request that the calls are part of. @param publicUrl where the links of answers lead.
     */
    as: (caller: Caller, requestId: string, publicUrl: string) => ({
      /** @throws AppError as `answer` does. */
      call: (call: OwnCall, decision: Decision = {}): Promise<NativeAnswer> =>
        answerFor(caller, toOwnRequest(call, requestId, publicUrl, upstream), decision),
    }),
    /** Who calls. @throws AppError CONSUMER_UNKNOWN. */
    identify,
    /** The checks of `answer` without the call: consumer, path, scope. @throws AppError as `answer` does. */
    authorise: async (request: NativeRequest) => authorise(request, await identify(request), {}),
    /** The same, and also checks that a call that must run as a person finds a linked token now. @throws AppError as `answer` does. */
    async foresee(request: NativeRequest): Promise<Caller> {
      const authorised = authorise(request, await identify(request), {});
      if (mustBePerson(authorised)) await credentials.choose({ ...authorised, publicUrl: request.publicUrl });
      return authorised;
    },
  };
};
export type NativePipeline = ReturnType<typeof createNativePipeline>;
