import type { Caller } from '../../shared/exchange/consumer.ts';
import type { NativePipeline } from '../../shared/pipeline/pipeline.ts';
import { askAs, type Tenant } from '../../shared/tenant-calls/ask-tenant.ts';
import type { Facts } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';

/** The pipeline, as far as the routes need it that call the tenant for a caller. */
export type CallingPipeline = Pick<NativePipeline, 'as'> & {
  readonly upstream: Pick<NativePipeline['upstream'], 'basePath'>;
};

/** The tenant as this caller sees it: with its scopes, its credential and its share of the quota. */
export const tenantOf = (
  pipeline: CallingPipeline,
  { request, caller, facts }: { readonly request: HttpRequest; readonly caller: Caller; readonly facts: Facts },
): Tenant => {
  const own = pipeline.as(caller, request.requestId, request.publicUrl);
  const { deadlineMillis } = request;
  return askAs((call, decision) => own.call({ ...call, deadlineMillis }, decision), facts);
};

/** URL of the native API, for links to it. */
export const nativeUrl = ({ upstream }: CallingPipeline, { publicUrl }: HttpRequest): string =>
  `${publicUrl}${upstream.basePath}`;
