import type { Headers } from '../http/headers.ts';
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
    readonly links: {
      /** The explanation of the code. */
      readonly type: string;
      /** Where the caller can correct it. */
      readonly about?: string;
    };
  }[];
};

/** What the edge sends for a failure: the status, the JSON:API document (strings, none null) and the headers. */
export type ErrorReply = {
  readonly code: ErrorCode;
  readonly status: number;
  readonly document: ErrorDocument;
  /** Retry-After, and what the failure itself carries. */
  readonly headers: Headers;
};

/**
 * The accepted authentication schemes (RFC 9110, section 15.5.2: every 401 names them). The facade key has no
 * registered scheme, so this one names its header. API Gateway renames the header of functions' answers to
 * X-Amzn-Remapped-WWW-Authenticate, so the detail names the schemes too.
 */
export const keyChallenge = 'ApiKey realm="signals-facade", header="x-api-key"';
/** Where the stage takes tokens of an issuer. */
export const bearerChallenge = 'Bearer realm="signals-facade"';

/** What the tenant calls is known by a header whose name only the tenant's administrator is told. */
const ownHeaderChallenges: Partial<Record<ErrorCode, string>> = {
  HOOK_REFUSED: 'PushHeader realm="signals-facade"',
  LIST_REFUSED: 'ListHeader realm="signals-facade"',
};

const challengesOf = (code: ErrorCode, headers: Headers): Headers => {
  if (errorCatalogue[code].status !== 401) return headers;
  return [['www-authenticate', ownHeaderChallenges[code] ?? keyChallenge], ...headers];
};

const schemesOf = (code: ErrorCode, headers: Headers): string => {
  if (errorCatalogue[code].status !== 401 || ownHeaderChallenges[code] !== undefined) return '';
  const takesTokens = headers.some(([name, value]) => name === 'www-authenticate' && value === bearerChallenge);
  return takesTokens
    ? ' Schemes: ApiKey, in the header x-api-key, or Bearer, in the header Authorization.'
    : ' Scheme: ApiKey, in the header x-api-key.';
};

/** Where docs/errors.md explains `code`, on the portal: its row has the code as its id (infra/portal/guide.ts). */
export const explanationUrl = (publicUrl: string, code: string): string => `${publicUrl}/docs/guides/errors#${code}`;

/** Of the request that failed. */
type FailedRequest = { readonly requestId: string; readonly publicUrl: string };

/**
 * Makes the answer for any thrown value. A value that is not an AppError becomes INTERNAL and reveals nothing of its
 * text.
 */
export const toErrorReply = (thrown: unknown, { requestId, publicUrl }: FailedRequest): ErrorReply => {
  const error = thrown instanceof AppError ? thrown : new AppError('INTERNAL');
  const { status, title } = errorCatalogue[error.code];
  const { links, retryAfterSeconds, headers = [] } = error.facts;
  const toError = ({ detail, source }: ErrorFault) => ({
    id: requestId,
    status: String(status),
    code: error.code,
    title,
    detail:
      (detail ?? `${title}. Quote the request id ${requestId} when you ask for help.`) + schemesOf(error.code, headers),
    ...(source ? { source: { ...source } } : {}),
    links: { ...links, type: explanationUrl(publicUrl, error.code) },
  });
  return {
    code: error.code,
    status,
    document: { errors: (error.facts.faults ?? [error.facts]).map(toError) },
    headers: [
      ...(retryAfterSeconds === undefined ? [] : [['retry-after', String(retryAfterSeconds)] as const]),
      ...challengesOf(error.code, headers),
    ],
  };
};
