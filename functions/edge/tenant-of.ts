/** The tenant for the routes that call it several times to answer one request. */
import { mayCall, scopeOf } from '../../shared/consumers/consumer.ts';
import { scopeMissing } from '../../shared/consumers/scope-missing.ts';
import { ensureMayRepeat } from '../../shared/credentials/choose.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { errorCatalogue } from '../../shared/errors/catalogue.ts';
import type { Caller } from '../../shared/exchange/consumer.ts';
import { type CredentialKind, failedInAllAs } from '../../shared/exchange/credential.ts';
import { nextPageOf } from '../../shared/http/next-page.ts';
import type { NativePipeline } from '../../shared/pipeline/pipeline.ts';
import { askAs, type Tenant } from '../../shared/tenant-calls/ask-tenant.ts';
import type { Repetition } from './capability.ts';
import type { Facts } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';

/** The pipeline, as far as the routes need it that call the tenant for a caller. */
export type CallingPipeline = Pick<NativePipeline, 'as'> & {
  readonly upstream: Pick<NativePipeline['upstream'], 'basePath' | 'catalogue'>;
};

type Call = { readonly request: HttpRequest; readonly caller: Caller; readonly facts: Facts };

const isLimit = (error: unknown): boolean => error instanceof AppError && errorCatalogue[error.code].status === 429;

/**
 * Runs a handler with the tenant as this caller sees it: with its scopes, its credential and its share of the quota. The answer and the
 * failure say as whom the tenant was called.
 */
export const withTenant = async <Reply extends object>(
  pipeline: CallingPipeline,
  { request, caller, facts }: Call,
  handle: (tenant: Tenant) => Promise<Reply>,
): Promise<Reply & { readonly actedAs: CredentialKind | undefined }> => {
  const own = pipeline.as(caller, request.requestId, request.publicUrl);
  const { deadlineMillis, background } = request;
  const tenant = askAs((call, decision) => own.call({ ...call, deadlineMillis }, decision), facts, background);
  try {
    return { ...(await handle(tenant)), actedAs: tenant.actedAs() };
  } catch (error) {
    const refusal = tenant.refusal();
    // A handler may succeed without a call that was refused. Then the request was not refused.
    if (refusal && isLimit(error)) facts.refusal = refusal;
    // The call that failed may be one that only serves the main one.
    throw failedInAllAs(tenant.actedAs(), error);
  }
};

type Operation = { readonly method: string; readonly path: string };
type NativeOf = (request: HttpRequest, parameters: Readonly<Record<string, string>>) => Operation;

const ofSamePath: NativeOf = ({ method, path }) => ({ method, path: path.replace(/^\/v1/, '') });

/**
 * Who may get the first answer of a creation again: a call that could still run as the first one ran, and that has the scope.
 * @param nativeOf the native operation that creates; absent = the one with the path of the route, without `/v1`.
 */
export const repetitionOf = ({ upstream }: CallingPipeline, nativeOf = ofSamePath): Repetition => ({
  async callerOf(request, parameters, caller) {
    const { method, path } = nativeOf(request, parameters);
    const match = upstream.catalogue.match(method, path);
    if (!mayCall(caller.consumer, match.operation)) throw scopeMissing(caller.consumer, [scopeOf(match.operation)]);
    return { ...caller, mayRepeat: (actedAs) => ensureMayRepeat({ ...caller, ...match }, actedAs) };
  },
});

/** URL of the native API, for links to it. */
export const nativeUrl = ({ upstream }: CallingPipeline, { publicUrl }: HttpRequest): string =>
  `${publicUrl}${upstream.basePath}`;

/** The links of a page. @param nextOffset undefined = there is no page behind it. */
export const pageLinks = ({ publicUrl, path, query }: HttpRequest, nextOffset: number | undefined) =>
  nextOffset === undefined
    ? {}
    : { next: nextPageOf(`${publicUrl}${path}`, query, String(nextOffset), 'page[offset]') };
