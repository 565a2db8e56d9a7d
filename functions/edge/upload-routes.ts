/** The routes of /v1/uploads: request in, domain call, reply out. */

import { signalsBasePath } from '../../shared/config/names.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { NativeRequest } from '../../shared/native/exchange.ts';
import type { Query } from '../../shared/native/native-path.ts';
import type { NativePipeline } from '../../shared/native/pipeline.ts';
import type { Decision } from '../../shared/requests/decision.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { NewUpload, type Upload, type Uploads } from '../../shared/uploads/upload.ts';
import { toUploadDocument } from '../../shared/uploads/upload-document.ts';
import type { RequestBody } from '../../shared/upstream/transport.ts';
import { belowBasePath } from './below-base-path.ts';
import { documentReply, type Handle, type HttpReply } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';
import { readBody } from './read-body.ts';

const splitPath = (path: string): { readonly path: string; readonly query: Query } => {
  const [rawPath, ...rest] = path.split('?');
  return { path: rawPath as string, query: [...new URLSearchParams(rest.join('?'))] };
};

/** Parameters of the forward call replace those of the same name: a stale digest needs no second upload. */
const mergeQueries = (recorded: Query, given: Query): Query => [
  ...recorded.filter(([name]) => !given.some(([replaced]) => replaced === name)),
  ...given,
];

const nativePath = (path: string): string => {
  try {
    return belowBasePath(path, signalsBasePath);
  } catch {
    throw new AppError('REQUEST_INVALID', {
      detail: `The path must name a native operation: it starts with ${signalsBasePath}/.`,
      source: { pointer: '/data/attributes/path' },
    });
  }
};

/** The native request that an upload stands for, with the caller's headers and the upload's media type. */
const toNativeRequest = (
  request: HttpRequest,
  upload: Pick<Upload, 'method' | 'path' | 'mediaType'>,
  query: Query,
  body: RequestBody | undefined,
): NativeRequest => {
  const native = splitPath(upload.path);
  return {
    ...request,
    method: upload.method,
    path: nativePath(native.path),
    query: mergeQueries(native.query, query),
    headers: [...request.headers.filter(([name]) => name !== 'content-type'), ['content-type', upload.mediaType]],
    body,
  };
};

/** Parameters of the forward call itself; the others are for the tenant. */
const forwardedQuery = ({ query }: HttpRequest): Query => query.filter(([name]) => name !== 'again');

const uploadIdOf = ({ pathParameters }: HttpRequest): string => pathParameters.uploadId ?? '';

/**
 * Who forwards an upload, for whoever answers in place of the route: with the checks of the operation that the upload is for.
 * @throws AppError CONSUMER_UNKNOWN, UPLOAD_UNKNOWN, SCOPE_MISSING.
 */
export const createForwardCaller =
  (pipeline: Pick<NativePipeline, 'identify' | 'authorise'>, uploads: Pick<Uploads, 'find'>) =>
  async (request: HttpRequest): ReturnType<NativePipeline['authorise']> => {
    const { consumer } = await pipeline.identify(request);
    const upload = await uploads.find(uploadIdOf(request), consumer.id);
    return pipeline.authorise(toNativeRequest(request, upload, forwardedQuery(request), undefined));
  };

const isTrue = (query: Query, name: string): boolean => query.some(([key, value]) => key === name && value === 'true');

export const createUploadRoutes = (pipeline: NativePipeline, uploads: Uploads, clock: Clock): Handle => {
  const create = async (request: HttpRequest): Promise<HttpReply> => {
    const wanted = readBody(request, NewUpload).data.attributes;
    // Refused now rather than after 300 MiB were sent.
    const { consumer } = await pipeline.foresee(toNativeRequest(request, wanted, [], undefined));
    const { upload, ...transfer } = await uploads.create(consumer.id, wanted);
    const document = toUploadDocument(upload, request.publicUrl, clock.nowMillis(), transfer);
    return documentReply(201, document, [['location', document.links.self]]);
  };

  const forward = async (
    request: HttpRequest,
    id: string,
    consumerId: string,
    decision: Decision,
  ): Promise<HttpReply> => {
    const query = forwardedQuery(request);
    return uploads.forward(id, consumerId, isTrue(request.query, 'again'), request.deadlineMillis, (upload, body) =>
      pipeline.answer(toNativeRequest(request, upload, query, body), decision),
    );
  };

  return async (request, facts) => {
    const { consumer } = await pipeline.identify(request);
    facts.consumer = consumer.id;
    if (request.route === '/v1/uploads') return create(request);
    const id = uploadIdOf(request);
    if (request.route.endsWith('/forward')) return forward(request, id, consumer.id, facts);
    if (request.method === 'DELETE') {
      await uploads.remove(id, consumer.id);
      return { status: 204, headers: [], body: undefined };
    }
    const upload = await uploads.find(id, consumer.id);
    return documentReply(200, toUploadDocument(upload, request.publicUrl, clock.nowMillis()));
  };
};
