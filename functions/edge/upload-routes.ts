/** The routes of /v1/uploads: request in, domain call, reply out. */
import { ensureMayRepeat } from '../../shared/credentials/choose.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Decision } from '../../shared/exchange/decision.ts';
import type { NativeRequest } from '../../shared/exchange/exchange.ts';
import type { RequestBody } from '../../shared/exchange/transport.ts';
import type { Query } from '../../shared/http/query.ts';
import { belowBasePath, isBelow } from '../../shared/pipeline/native-path.ts';
import type { NativePipeline } from '../../shared/pipeline/pipeline.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { uploadRoutes } from '../../shared/uploads/routes.ts';
import type { Uploads } from '../../shared/uploads/upload.ts';
import { toUploadDocument } from '../../shared/uploads/upload-document.ts';
import type { Upload } from '../../shared/uploads/upload-record.ts';
import { type CapabilityParts, capability, done, type Repetition } from './capability.ts';
import type { Handle } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';

const splitPath = (path: string): { readonly path: string; readonly query: Query } => {
  const [rawPath, ...rest] = path.split('?');
  return { path: rawPath as string, query: [...new URLSearchParams(rest.join('?'))] };
};

/** Parameters of the forward call replace those of the same name, so a stale digest needs no second upload. */
const mergeQueries = (recorded: Query, given: Query): Query => [
  ...recorded.filter(([name]) => !given.some(([replaced]) => replaced === name)),
  ...given,
];

/** The pipeline of the upstream that a path names. @throws AppError REQUEST_INVALID for a path that names none. */
const pipelineOf = (pipelines: readonly NativePipeline[], path: string): NativePipeline => {
  const found = pipelines.find(({ upstream }) => isBelow(path.split('?')[0] as string, upstream.basePath));
  if (found) return found;
  const bases = pipelines.map(({ upstream }) => `${upstream.basePath}/`).join(' or ');
  throw new AppError('REQUEST_INVALID', {
    detail: `The path must name a native operation: it starts with ${bases}.`,
    source: { pointer: '/data/attributes/path' },
  });
};

/** The native request of an upload, with the caller's headers and the upload's media type. */
const toNativeRequest = (
  { upstream }: NativePipeline,
  request: HttpRequest,
  upload: Pick<Upload, 'method' | 'path' | 'mediaType'>,
  query: Query,
  body: RequestBody | undefined,
): NativeRequest => {
  const native = splitPath(upload.path);
  return {
    ...request,
    method: upload.method,
    path: belowBasePath(native.path, upstream.basePath),
    query: mergeQueries(native.query, query),
    headers: [...request.headers.filter(([name]) => name !== 'content-type'), ['content-type', upload.mediaType]],
    body,
  };
};

/** Parameters of the forward call itself; the others are for the tenant. */
const forwardedQuery = ({ query }: HttpRequest): Query => query.filter(([name]) => name !== 'again');

export type UploadParts = Pick<CapabilityParts, 'idempotency'> & {
  /** One for each upstream. */
  readonly pipelines: readonly [NativePipeline, ...NativePipeline[]];
  readonly uploads: Uploads;
  readonly clock: Clock;
};

const mayHaveSent = ({ sends = [] }: Decision): boolean => sends.length > 0;

/** Repeating a forward call needs the checks of the operation that its upload is for. */
const repetitionOf = ({ pipelines, uploads }: Pick<UploadParts, 'pipelines' | 'uploads'>): Repetition => ({
  async callerOf(request, { uploadId = '' }) {
    const { consumer } = await pipelines[0].identify(request);
    const upload = await uploads.find(uploadId, consumer);
    const pipeline = pipelineOf(pipelines, upload.path);
    const native = toNativeRequest(pipeline, request, upload, forwardedQuery(request), undefined);
    const caller = await pipeline.authorise(native);
    return { ...caller, mayRepeat: (actedAs) => ensureMayRepeat(caller, actedAs) };
  },
  mayHaveSent,
});

export const createUploadRoutes = ({ pipelines, uploads, clock, idempotency }: UploadParts): Handle => {
  const parts: CapabilityParts = {
    identifier: { identify: (headers) => pipelines[0].identify({ headers }) },
    ...(idempotency ? { idempotency } : {}),
    repetition: repetitionOf({ pipelines, uploads }),
  };
  return capability(uploadRoutes)(parts, {
    createUpload: async ({ request, body }) => {
      const wanted = body.data.attributes;
      // Refused now, not after 300 MiB were sent.
      const pipeline = pipelineOf(pipelines, wanted.path);
      const { consumer } = await pipeline.foresee(toNativeRequest(pipeline, request, wanted, [], undefined));
      const { upload, ...transfer } = await uploads.create(consumer, wanted);
      const document = toUploadDocument(upload, request.publicUrl, clock.nowMillis(), transfer);
      return { status: 201, document, headers: [['location', document.links.self]] };
    },

    readUpload: async ({ request, path, caller }) => {
      const upload = await uploads.find(path.uploadId, caller.consumer);
      return { status: 200, document: toUploadDocument(upload, request.publicUrl, clock.nowMillis()) };
    },

    deleteUpload: async ({ path, caller }) => {
      await uploads.remove(path.uploadId, caller.consumer);
      return done;
    },

    forwardUpload: async ({ request, path, query: { again = false }, caller, facts }) => {
      const given = forwardedQuery(request);
      return uploads.forward(
        path.uploadId,
        caller.consumer,
        again,
        request.deadlineMillis,
        (upload, body) => {
          const pipeline = pipelineOf(pipelines, upload.path);
          return pipeline.answer(toNativeRequest(pipeline, request, upload, given, body), facts);
        },
        () => mayHaveSent(facts),
      );
    },
  });
};
