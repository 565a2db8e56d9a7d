/** The errors of the facade as shared responses, out of the catalogue that the code throws from. */
import { jsonApiMediaType } from '../../shared/config/names.ts';
import { type ErrorCode, errorCatalogue } from '../../shared/errors/catalogue.ts';
import { type Json, type NativeApi, namePrefixOf } from './native-api.ts';
import { nativeFailureHeaders } from './native-headers.ts';

const codes = Object.keys(errorCatalogue) as ErrorCode[];

/**
 * Codes of uploads, of bodies that are the facade's own to read, and of stores that native calls do without or whose failure
 * they report as CREDENTIAL_UNAVAILABLE, never come from a native operation.
 */
const isNativeCode = (code: ErrorCode): boolean =>
  !/^(UPLOAD_|UPLOADS_|REQUEST_TOO_|(CACHE|CREDENTIAL_STORE|KEY_SERVICE|REQUESTS|TOKENS)_UNAVAILABLE$)/.test(code);

const statusesOf = (chosen: readonly ErrorCode[]): number[] =>
  [...new Set(chosen.map((code) => errorCatalogue[code].status))].sort((a, b) => a - b);

/** Statuses that the facade or its gateway may answer to any native operation. */
const nativeErrorStatuses = statusesOf(codes.filter(isNativeCode));

const describe = (status: number, chosen: readonly ErrorCode[]): string =>
  chosen
    .filter((code) => errorCatalogue[code].status === status)
    .map((code) => `\`${code}\`: ${errorCatalogue[code].title}.`)
    .join(' ');

const headersOf = (status: number): Json => ({
  'X-Request-Id': { $ref: '#/components/headers/RequestId' },
  'X-Acting-As': { $ref: '#/components/headers/ActingAs' },
  ...([409, 429, 503].includes(status) ? { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } : {}),
});

const errorContent = (schema: Json): Json => ({ [jsonApiMediaType]: { schema } });
const errorSchemaOf = ({ error }: NativeApi): Json => ({ $ref: `#/components/schemas/${error.schema}` });

/** Errors of the facade and of the upstream, each in its own form. */
const eitherError = (api: NativeApi): Json =>
  api.error.mediaType === jsonApiMediaType
    ? errorContent({ anyOf: [facadeError, errorSchemaOf(api)] })
    : { ...errorContent(facadeError), [api.error.mediaType]: { schema: errorSchemaOf(api) } };

const facadeError = { $ref: '#/components/schemas/ErrorDocument' };

const facadeResponses = Object.fromEntries(
  statusesOf(codes).map((status) => [
    `Error${status}`,
    { description: describe(status, codes), headers: headersOf(status), content: errorContent(facadeError) },
  ]),
);

/** The upstream's 401 is about the facade's own credential: the caller gets 503 for it. */
const isUpstreams = (status: number): boolean => status !== 401;

const toNativeResponse = (api: NativeApi, status: number): Json => {
  const own = describe(status, codes.filter(isNativeCode));
  return {
    description: isUpstreams(status) ? `${own} Or the upstream's own error, passed on unchanged.` : own,
    headers: { ...headersOf(status), ...nativeFailureHeaders(status) },
    content: isUpstreams(status) ? eitherError(api) : errorContent(facadeError),
  };
};

const nativeResponsesOf = (api: NativeApi): Json => {
  const prefix = namePrefixOf(api);
  return {
    ...Object.fromEntries(
      nativeErrorStatuses.map((status) => [`${prefix}NativeError${status}`, toNativeResponse(api, status)]),
    ),
    [`${prefix}NativeDigestMismatch`]: {
      description: 'The digest is stale: read the entity again and repeat the write with its new digest.',
      headers: headersOf(428),
      content: { [api.error.mediaType]: { schema: errorSchemaOf(api) } },
    },
    [`${prefix}NativeErrorOther`]: {
      description:
        'Any other error of the upstream, passed on unchanged with its status. Some of these statuses are not standard HTTP.',
      headers: headersOf(0),
      content: { '*/*': { schema: errorSchemaOf(api) } },
    },
  };
};

/** `Error<status>` for the facade's own resources, `NativeError<status>` for native operations, and the upstream's own. */
export const errorResponsesOf = (apis: readonly NativeApi[]): Json => ({
  ...facadeResponses,
  ...Object.assign({}, ...apis.map(nativeResponsesOf)),
});

const toReferences = (prefix: string, statuses: readonly number[]): Json =>
  Object.fromEntries(statuses.map((status) => [String(status), { $ref: `#/components/responses/${prefix}${status}` }]));

/** Error responses of one native operation. */
export const nativeErrorsOf = (api: NativeApi, hasBody: boolean, hasDigest: boolean): Json => ({
  ...toReferences(
    `${namePrefixOf(api)}NativeError`,
    nativeErrorStatuses.filter((status) => hasBody || (status !== 413 && status !== 415)),
  ),
  ...(hasDigest ? { '428': { $ref: `#/components/responses/${namePrefixOf(api)}NativeDigestMismatch` } } : {}),
  default: { $ref: `#/components/responses/${namePrefixOf(api)}NativeErrorOther` },
});
