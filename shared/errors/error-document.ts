import type { Headers } from '../upstream/upstream.ts';
import { AppError, type ErrorFault } from './app-error.ts';
import { type ErrorCode, errorCatalogue } from './catalogue.ts';

type ErrorDocument = {
  readonly errors: readonly {
    readonly id: string;
    readonly status: string;
    readonly code: string;
    readonly title: string;
    readonly detail: string;
    readonly source?: Readonly<Record<string, string>>;
    readonly links?: { readonly about: string };
  }[];
};

/** What the edge sends for a failure: the status, the JSON:API document (strings, none null) and what goes into the header. */
export type ErrorReply = {
  readonly code: ErrorCode;
  readonly status: number;
  readonly document: ErrorDocument;
  /** Retry-After, and what the failure itself carries. */
  readonly headers: Headers;
};

/** Makes the answer to any thrown value. What is not an AppError becomes INTERNAL and shows nothing of its text. */
export const toErrorReply = (thrown: unknown, requestId: string): ErrorReply => {
  const error = thrown instanceof AppError ? thrown : new AppError('INTERNAL');
  const { status, title } = errorCatalogue[error.code];
  const { links, retryAfterSeconds, headers = [] } = error.facts;
  const toError = ({ detail, source }: ErrorFault) => ({
    id: requestId,
    status: String(status),
    code: error.code,
    title,
    detail: detail ?? `${title}. Quote the request id ${requestId} when you ask for help.`,
    ...(source ? { source: { ...source } } : {}),
    ...(links ? { links } : {}),
  });
  return {
    code: error.code,
    status,
    document: { errors: (error.facts.faults ?? [error.facts]).map(toError) },
    headers: [
      ...(retryAfterSeconds === undefined ? [] : [['retry-after', String(retryAfterSeconds)] as const]),
      ...headers,
    ],
  };
};
