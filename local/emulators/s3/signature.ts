/**
 * Check of Signature Version 4, in the Authorization header or in a presigned URL (S3 API reference, "Authenticating
 * Requests"). Unsigned requests are refused, as by a bucket that blocks public access. Chunk signatures are not checked.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { isKnownKeyId } from './list-rights.ts';
import { decodePath, type S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string };

type Claim = {
  readonly accessKeyId: string;
  /** `date/region/service/aws4_request` */
  readonly scope: readonly string[];
  readonly amzDate: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly payloadHash: string;
};

const algorithm = 'AWS4-HMAC-SHA256';
const clockSkewMillis = 15 * 60_000;
const longestExpirySeconds = 604_800;

/**
 * The access key id that signed the request.
 * @throws S3Error AccessDenied, InvalidAccessKeyId, SignatureDoesNotMatch, RequestTimeTooSkewed and format errors
 */
export const checkSignature = (request: S3Request, credentials: Credentials): string => {
  const claim = request.isPresigned ? presignedClaim(request) : headerClaim(request);
  if (!isKnownKeyId(claim.accessKeyId, credentials.accessKeyId))
    throw new S3Error('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records');
  const unsigned = unsignedHeaders(request, claim.signedHeaders);
  if (unsigned.length > 0)
    throw new S3Error('AccessDenied', `There were headers present in the request which were not signed: ${unsigned}`);
  if (!equal(sign(request, claim, credentials.secretAccessKey), claim.signature))
    throw new S3Error(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the one you provided',
    );
  return claim.accessKeyId;
};

const presignedClaim = (request: S3Request): Claim => {
  const member = (name: string): string => {
    const value = request.query.get(name);
    if (!value) throw new S3Error('AuthorizationQueryParametersError', `The query member ${name} is missing`);
    return value;
  };
  if (member('X-Amz-Algorithm') !== algorithm)
    throw new S3Error('AuthorizationQueryParametersError', `X-Amz-Algorithm only supports ${algorithm}`);
  const amzDate = member('X-Amz-Date');
  checkExpiry(parseAmzDate(amzDate), member('X-Amz-Expires'), request.nowMillis);
  const [accessKeyId = '', ...scope] = member('X-Amz-Credential').split('/');
  const signedHeaders = member('X-Amz-SignedHeaders').split(';');
  const payloadHash = request.headers.get('x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD';
  return { accessKeyId, scope, amzDate, signedHeaders, signature: member('X-Amz-Signature'), payloadHash };
};

const checkExpiry = (signedMillis: number, expires: string, nowMillis: number): void => {
  const expirySeconds = /^\d{1,7}$/.test(expires) ? Number(expires) : -1;
  if (expirySeconds < 0 || expirySeconds > longestExpirySeconds)
    throw new S3Error('AuthorizationQueryParametersError', 'X-Amz-Expires must be 0 to 604800 seconds');
  if (signedMillis > nowMillis + clockSkewMillis) throw new S3Error('AccessDenied', 'Request is not valid yet');
  if (expirySeconds === 0 || signedMillis + expirySeconds * 1000 < nowMillis)
    throw new S3Error('AccessDenied', 'Request has expired');
};

const authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

const headerClaim = (request: S3Request): Claim => {
  const header = request.headers.get('authorization');
  if (header === undefined) throw new S3Error('AccessDenied', 'Access Denied');
  const [, accessKeyId, scope, signedHeaders, signature] = authorization.exec(header) ?? [];
  const amzDate = request.headers.get('x-amz-date');
  const payloadHash = request.headers.get('x-amz-content-sha256');
  if (!accessKeyId || !scope || !signedHeaders || !signature || !amzDate || !payloadHash)
    throw new S3Error('AuthorizationHeaderMalformed', 'The authorization header is malformed or lacks its companions');
  if (Math.abs(parseAmzDate(amzDate) - request.nowMillis) > clockSkewMillis)
    throw new S3Error(
      'RequestTimeTooSkewed',
      'The difference between the request time and the server time is too large',
    );
  return {
    accessKeyId,
    scope: scope.split('/'),
    amzDate,
    signedHeaders: signedHeaders.split(';'),
    signature,
    payloadHash,
  };
};

const parseAmzDate = (amzDate: string): number => {
  const millis = Date.parse(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(millis)) throw new S3Error('AuthorizationQueryParametersError', 'X-Amz-Date is not a date');
  return millis;
};

/** `host` and every `x-amz-*` header that was sent must be signed, else anybody could add one to a presigned URL. */
const unsignedHeaders = (request: S3Request, signedHeaders: readonly string[]): string[] =>
  Object.keys(request.message.headers)
    .filter((name) => name === 'host' || name.startsWith('x-amz-'))
    .filter((name) => !signedHeaders.includes(name));

const sign = (request: S3Request, claim: Claim, secret: string): string => {
  const canonical = [
    request.method,
    encode(decodePath(request.rawPath)).replaceAll('%2F', '/'),
    canonicalQuery(request.query),
    ...claim.signedHeaders.map((name) => `${name}:${canonicalValue(request, name)}`),
    '',
    claim.signedHeaders.join(';'),
    claim.payloadHash,
  ].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const signingKey = claim.scope.reduce((key: string | Buffer, part) => hmac(key, part), `AWS4${secret}`);
  return hmac(signingKey, [algorithm, claim.amzDate, claim.scope.join('/'), hash].join('\n')).toString('hex');
};

const canonicalValue = (request: S3Request, name: string): string =>
  String(request.message.headers[name] ?? '')
    .trim()
    .replace(/ +/g, ' ');

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const equal = (expected: string, actual: string): boolean =>
  expected.length === actual.length && timingSafeEqual(Buffer.from(expected), Buffer.from(actual));
