/** Calls that the facade makes for a purpose of its own, without a consumer: sweep, keep-alive, checks of keys. */
import type { Audit } from '../audit/audit.ts';
import type { ServiceKeys } from '../credentials/credential.ts';
import { AppError } from '../errors/app-error.ts';
import { ownIdOf } from '../exchange/consumer.ts';
import type { Credential } from '../exchange/credential.ts';
import type { Decision } from '../exchange/decision.ts';
import { type AnswerCache, type Exchange, type NativeAnswer, noCache } from '../exchange/exchange.ts';
import type { QuotaProfile } from '../exchange/quota-profile.ts';
import { isRepeatable } from '../exchange/repeatable.ts';
import type { Upstream } from '../exchange/upstream.ts';
import type { Headers } from '../http/headers.ts';
import { readStart } from '../streams/read-start.ts';
import { answerAs } from './answer-as.ts';
import type { CallDependencies } from './call-upstream.ts';
import { withCondition } from './if-match.ts';
import { type OwnCall, toOwnRequest } from './own-call.ts';

/** A call of the facade, for the log. It contains no secret, no query and no body. */
type OwnCallFacts = Decision & {
  readonly purpose: string;
  /** Time until the answer began, or the call failed. */
  readonly millis: number;
  /** Status of the answer; undefined = no answer came. */
  readonly status: number | undefined;
};

export type CallAsParts = CallDependencies & {
  /** Called once for each call, when its answer has begun or it has failed. The call waits for it. Must not reject. */
  readonly onOwnCall?: (facts: OwnCallFacts) => Promise<void>;
  /** Absent = calls bypass the cache, and writes purge nothing. */
  readonly cache?: AnswerCache;
  /** Records writes, with `facade.<purpose>` in place of a consumer's id. Absent = nothing is recorded. */
  readonly audit?: Pick<Audit, 'aroundWrite'>;
};

/** Where the credential of a call comes from: the pool of service keys, or `onlyWith` one credential. */
export type CredentialSource = Pick<ServiceKeys, 'choose' | 'observe'>;

/** Always this one credential. */
export const onlyWith = (credential: Credential): CredentialSource => ({
  choose: async () => credential,
  observe: async () => {},
});

type OwnAnswer = NativeAnswer & {
  /** Whose rights the answer has. */
  readonly principal: string;
};
type OwnDocument = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly principal: string;
};

/** Far above any page that the facade reads for itself. */
const mostBytes = 16_777_216;

/** @throws AppError UPSTREAM_UNREADABLE with `isTooLarge` for a body that is too large. */
const readWhole = async (body: NativeAnswer['body']): Promise<Uint8Array> => {
  if (body === undefined || body instanceof Uint8Array) return body ?? new Uint8Array();
  const read = await readStart(body, mostBytes);
  if ('whole' in read) return read.whole;
  read.rest.destroy();
  const detail = `The upstream answered with more than ${mostBytes} bytes.`;
  throw new AppError('UPSTREAM_UNREADABLE', { detail, isTooLarge: true });
};

const isStream = ({ body }: OwnCall): boolean => body !== undefined && !(body instanceof Uint8Array);

/**
 * @param purpose such as `change-sweep`, as the log names it. The quota's figures and the audit log have `facade.change-sweep`.
 * @param quota its priority, weight and caps in the governor.
 */
export const callAs = (
  upstream: Upstream,
  purpose: string,
  quota: QuotaProfile,
  credentials: CredentialSource,
  { onOwnCall, cache = noCache, ...dependencies }: CallAsParts,
) => {
  const toExchange = (call: OwnCall, decision: Decision): Omit<Exchange, 'principal'> => {
    const request = toOwnRequest(call, call.requestId ?? purpose, upstream.origin, upstream);
    const match = upstream.catalogue.match(request.method, request.path);
    decision.operation = `${match.operation.method} ${match.operation.path}`;
    return withCondition({
      ...match,
      // A result that can be fetched only once is never requested again. A write stays a write: it is recorded, and sent once anyway.
      ...(call.once && isRepeatable(match.operation)
        ? { operation: { ...match.operation, kind: 'async-result' } }
        : {}),
      request,
      upstream,
      consumer: { id: ownIdOf(purpose), scopes: ['*:*'], state: 'active', quota },
      target: upstream.basePath + call.path,
      decision,
    });
  };

  const callWith = async (
    credential: Credential,
    exchange: Omit<Exchange, 'principal'>,
    decision: Decision,
  ): Promise<OwnAnswer> => {
    const { principal } = credential;
    const parts = { ...dependencies, cache, credentials };
    return { ...(await answerAs(credential, { ...exchange, principal }, decision, parts)), principal };
  };

  /** If the upstream refuses the key, the next key is tried once. A refused call has changed nothing. */
  const callWithKeys = async (call: OwnCall, decision: Decision): Promise<OwnAnswer> => {
    const exchange = toExchange(call, decision);
    const first = await credentials.choose(upstream.name);
    try {
      return await callWith(first, exchange, decision);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'CREDENTIAL_UNAVAILABLE' || isStream(call)) throw error;
      const next = await credentials.choose(upstream.name);
      if (next.secret === first.secret) throw error;
      return callWith(next, exchange, decision);
    }
  };

  const call = async (ownCall: OwnCall): Promise<OwnAnswer> => {
    const startMillis = Date.now();
    const { decision = {} } = ownCall;
    let status: number | undefined;
    try {
      const answer = await callWithKeys(ownCall, decision);
      ({ status } = answer);
      return answer;
    } finally {
      await onOwnCall?.({ ...decision, purpose, status, millis: Date.now() - startMillis });
    }
  };

  return {
    /**
     * The answer as the upstream gives it; its body may be a stream, which must be read to its end or destroyed.
     * @throws AppError as `callUpstream` does, AUDIT_UNAVAILABLE.
     */
    call,
    /** The same for a read whose answer is kept in memory. @throws AppError UPSTREAM_UNREADABLE, above 16 MiB with `isTooLarge`. */
    async read(path: string): Promise<OwnDocument> {
      const { status, headers, body, principal } = await call({ method: 'GET', path });
      return { status, headers, body: await readWhole(body), principal };
    },
  };
};
