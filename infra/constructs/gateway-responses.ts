/**
 * The answers that API Gateway makes itself, in the JSON:API error form, from the catalogue that the functions use.
 *
 * Gateway responses know no template language, only the substitution of `$context` variables (developer guide, gateway
 * responses). So only `$context.requestId` is used, which cannot contain a quote. Everything else is fixed text.
 */
import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { jsonApiMediaType } from '../../shared/config/names.ts';
import { type ErrorCode, errorCatalogue } from '../../shared/errors/catalogue.ts';
import { explanationUrl, keyChallenge } from '../../shared/errors/error-document.ts';
import { exposedHeaders } from '../../shared/http/cors.ts';

type Answer = { readonly code: ErrorCode; readonly detail: string; readonly retryAfterSeconds?: number };

const askForHelp = 'Quote the id of this error when you ask for help.';
const unknownRoute =
  'No route has this path and method. Native operations live under /api/rest/v1.0/; /openapi.json lists every route.';
const refused =
  'API Gateway refused this request before it reached the facade. Check path and method too: an unknown path that is sent with an Authorization header is refused in this way.';
const failed = `API Gateway failed before or while it called the facade, or Lambda has no concurrency left: then nothing was carried out. Repeat a read after a second; read before you repeat a write. ${askForHelp}`;
const unreadable = 'API Gateway cannot read this request. Check the path, the headers and the body.';

/** Every response type (API reference, GatewayResponse), so that no error has Amazon's own form. */
const answers: Readonly<Record<string, Answer>> = {
  ACCESS_DENIED: {
    code: 'ACCESS_REFUSED',
    detail: 'A policy of this API refuses the caller, such as one that admits a private network only.',
  },
  API_CONFIGURATION_ERROR: { code: 'INTERNAL', detail: failed },
  AUTHORIZER_CONFIGURATION_ERROR: { code: 'INTERNAL', detail: failed },
  AUTHORIZER_FAILURE: { code: 'INTERNAL', detail: failed },
  BAD_REQUEST_BODY: { code: 'REQUEST_INVALID', detail: unreadable },
  BAD_REQUEST_PARAMETERS: { code: 'REQUEST_INVALID', detail: unreadable },
  DEFAULT_4XX: { code: 'REQUEST_INVALID', detail: refused },
  DEFAULT_5XX: { code: 'INTERNAL', detail: failed },
  EXPIRED_TOKEN: { code: 'ACCESS_REFUSED', detail: refused },
  INTEGRATION_FAILURE: {
    code: 'GATEWAY_FAILED',
    detail: `The facade broke off or gave no readable answer. ${askForHelp}`,
  },
  INTEGRATION_TIMEOUT: {
    code: 'GATEWAY_LATE',
    detail:
      'No answer came within the time that API Gateway waits. A write may have happened: read before you repeat it.',
  },
  INVALID_API_KEY: {
    code: 'CONSUMER_UNKNOWN',
    detail: 'Send the key that the facade gave you in the header x-api-key. Scheme: ApiKey, in the header x-api-key.',
  },
  INVALID_SIGNATURE: { code: 'ACCESS_REFUSED', detail: refused },
  MISSING_AUTHENTICATION_TOKEN: { code: 'ROUTE_UNKNOWN', detail: unknownRoute },
  QUOTA_EXCEEDED: {
    code: 'TOO_MANY_REQUESTS',
    detail: 'The quota of this API is spent. Wait, then repeat the request.',
    retryAfterSeconds: 60,
  },
  // Without effect: API Gateway answers a 413 in its own form (docs/errors.md).
  REQUEST_TOO_LARGE: {
    code: 'BODY_TOO_LARGE',
    detail:
      'Request bodies end at about 4.5 MB here. Send larger ones through POST /v1/uploads: it gives a URL to put the bytes to, up to 300 MiB, and forwards them to the operation that you name.',
  },
  RESOURCE_NOT_FOUND: { code: 'ROUTE_UNKNOWN', detail: unknownRoute },
  THROTTLED: {
    code: 'TOO_MANY_REQUESTS',
    detail: 'API Gateway is at its limit of requests for this stage. Wait, then repeat the request.',
    retryAfterSeconds: 1,
  },
  UNAUTHORIZED: {
    code: 'CONSUMER_UNKNOWN',
    detail: 'Send the key that the facade gave you in the header x-api-key. Scheme: ApiKey, in the header x-api-key.',
  },
  UNSUPPORTED_MEDIA_TYPE: { code: 'MEDIA_TYPE_UNKNOWN', detail: 'API Gateway does not accept this media type.' },
  WAF_FILTERED: {
    code: 'ACCESS_REFUSED',
    detail:
      'The web firewall refused this request: too many came from this address within a minute, or a rule of your organisation forbids it.',
  },
};

const toDocument = ({ code, detail }: Answer, publicUrl: string): string => {
  const { status, title } = errorCatalogue[code];
  const links = { type: explanationUrl(publicUrl, code) };
  return JSON.stringify({ errors: [{ id: '$context.requestId', status: String(status), code, title, detail, links }] });
};

/**
 * The headers of a gateway response are fixed, so they can name one origin at most. A browser shows a page only answers that name the
 * page's origin. With several origins they name none, because neither a list of origins nor `*` may stand in it here.
 */
const corsHeaders = (corsOrigins: readonly string[]): Record<string, string> =>
  corsOrigins.length === 1
    ? {
        'Access-Control-Allow-Origin': `'${corsOrigins[0]}'`,
        'Access-Control-Expose-Headers': `'${exposedHeaders.join(', ')}'`,
        Vary: "'Origin'",
      }
    : {};

/**
 * Values of gateway response headers are expressions, with text in single quotes. The content type must be set as a header: the key of
 * a template only chooses the template for a request.
 */
const toHeaders = ({ code, retryAfterSeconds }: Answer): Record<string, string> => ({
  'Content-Type': `'${jsonApiMediaType}'`,
  'X-Request-Id': 'context.requestId',
  // API Gateway renames this header in answers of functions, but not in its own.
  ...(errorCatalogue[code].status === 401 ? { 'WWW-Authenticate': `'${keyChallenge}'` } : {}),
  ...(retryAfterSeconds === undefined ? {} : { 'Retry-After': `'${retryAfterSeconds}'` }),
});

/**
 * Sets the JSON:API answer of every response type of `restApi`.
 * @param publicUrl where its links lead: the stage's own domain, or else the default domain, also if a caller came by another one.
 * @param corsOrigins origins whose pages may read it.
 */
export const addGatewayResponses = (restApi: RestApi, publicUrl: string, corsOrigins: readonly string[]): void => {
  for (const [type, answer] of Object.entries(answers))
    restApi.addGatewayResponse(`Answer-${type}`, {
      type: ResponseType.of(type),
      statusCode: String(errorCatalogue[answer.code].status),
      responseHeaders: { ...toHeaders(answer), ...corsHeaders(corsOrigins) },
      templates: { 'application/json': toDocument(answer, publicUrl) },
    });
};
