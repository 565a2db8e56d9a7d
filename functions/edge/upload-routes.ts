/** The routes of /v1/uploads: request in, domain call, reply out. */
import { signalsBasePath } from '../../shared/config/names.ts';
import { ensureMayRepeat } from '../../shared/credentials/choose.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { NativeRequest } from '../../shared/exchange/exchange.ts';
import type { RequestBody } from '../../shared/exchange/transport.ts';
import type { Query } from '../../shared/http/query.ts';
import type { NativePipeline } from '../../shared/pipeline/pipeline.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { uploadRoutes } from '../../shared/uploads/routes.ts';
import type { Uploads } from '../../shared/uploads/upload.ts';
import { toUploadDocument } from '../../shared/uploads/upload-document.ts';
import type { Upload } from '../../shared/uploads/upload-record.ts';
import { belowBasePath } from './below-base-path.ts';
import { type CapabilityParts, capability, done, type Repetition } from './capability.ts';
import type { Handle } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';

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

export type UploadParts = Pick<CapabilityParts, 'idempotency'> & {
  readonly pipeline: NativePipeline;
  readonly uploads: Uploads;
  readonly clock: Clock;
};

const mayHaveSent: Repetition['mayHaveSent'] = ({ sends = [] }) => sends.length > 0;

/** Repeating a forward call needs the checks of the operation that its upload is for. */
const repetitionOf = ({ pipeline, uploads }: Pick<UploadParts, 'pipeline' | 'uploads'>): Repetition => ({
  async callerOf(request, { uploadId = '' }) {
    const { consumer } = await pipeline.identify(request);
    const upload = await uploads.find(uploadId, consumer.id);
    const caller = await pipeline.authorise(toNativeRequest(request, upload, forwardedQuery(request), undefined));
    return { ...caller, mayRepeat: (actedAs) => ensureMayRepeat(caller, actedAs) };
  },
  mayHaveSent,
});

export const createUploadRoutes = ({ pipeline, uploads, clock, idempotency }: UploadParts): Handle => {
  const parts: CapabilityParts = {
    identifier: { identify: (headers) => pipeline.identify({ headers }) },
    ...(idempotency ? { idempotency } : {}),
    repetition: repetitionOf({ pipeline, uploads }),
  };
  return capability(uploadRoutes)(parts, {
    createUpload: async ({ request, body }) => {
      const wanted = body.data.attributes;
      // Refused now rather than after 300 MiB were sent.
      const { consumer } = await pipeline.foresee(toNativeRequest(request, wanted, [], undefined));
      const { upload, ...transfer } = await uploads.create(consumer.id, wanted);
      const document = toUploadDocument(upload, request.publicUrl, clock.nowMillis(), transfer);
      return { status: 201, document, headers: [['location', document.links.self]] };
    },

    readUpload: async ({ request, path, caller }) => {
      const upload = await uploads.find(path.uploadId, caller.consumer.id);
      return { status: 200, document: toUploadDocument(upload, request.publicUrl, clock.nowMillis()) };
    },

    deleteUpload: async ({ path, caller }) => {
      await uploads.remove(path.uploadId, caller.consumer.id);
      return done;
    },

    forwardUpload: async ({ request, path, query: { again = false }, caller, facts }) => {
      const given = forwardedQuery(request);
      return uploads.forward(
        path.uploadId,
        caller.consumer.id,
        again,
        request.deadlineMillis,
        (upload, body) => pipeline.answer(toNativeRequest(request, upload, given, body), facts),
        () => mayHaveSent(facts),
      );
    },
  });
};
