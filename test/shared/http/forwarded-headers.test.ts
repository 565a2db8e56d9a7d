import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddedHeaders, isForwarded, mayBeAdded } from '../../../shared/http/forwarded-headers.ts';

const travelling = [
  ...['accept', 'accept-language', 'accept-encoding', 'accept-charset', 'accept-profile', 'content-type'],
  ...['content-encoding', 'content-language', 'content-disposition', 'content-range', 'if-match', 'if-none-match'],
  ...['if-modified-since', 'if-unmodified-since', 'if-range', 'range', 'cache-control', 'prefer', 'user-agent'],
];

const ofTracing = [
  ...['traceparent', 'tracestate', 'baggage', 'sentry-trace', 'b3', 'x-b3-traceid', 'x-datadog-trace-id', 'newrelic'],
  ...['elastic-apm-traceparent', 'uber-trace-id', 'x-cloud-trace-context', 'x-amzn-trace-id', 'x-request-id'],
  ...['x-correlation-id', 'x-dynatrace', 'x-instana-t', 'x-ot-span-context', 'grpc-trace-bin', 'x-datadog-parent-id'],
];

const ofMethods = [
  ...['x-http-method-override', 'x-http-method', 'x-method-override', 'x-method', 'http-method-override', '_method'],
  ...['x-http-verb-override', 'x-original-method', 'x-original-url', 'x-rewrite-url', 'x-override-url', 'x-host'],
];

const ofIdentity = [
  ...['x-user', 'x-user-id', 'x-userid', 'x-remote-user', 'remote-user', 'x-forwarded-user', 'x-forwarded-email'],
  ...['x-authenticated-user', 'x-auth-request-email', 'x-webauth-user', 'x-impersonate-user', 'x-on-behalf-of'],
  ...['x-act-as', 'x-acting-as', 'x-run-as', 'sudo', 'x-ms-client-principal', 'cf-access-jwt-assertion', 'from'],
  ...['x-goog-iap-jwt-assertion', 'x-amzn-oidc-identity', 'x-ssl-client-cert', 'ssl-client-s-dn', 'x-consumer-id'],
  ...['x-tenant', 'x-account', 'x-role', 'x-groups', 'x-admin', 'x-email', 'x-login', 'x-uid', 'x-subject', 'x-scopes'],
];

const ofCredentials = [
  ...['x-api-key', 'x_api_key', 'x-api_key', 'api-key', 'apikey', 'x-apikey', 'authorization', 'proxy-authorization'],
  ...['cookie', 'cookie2', 'x-auth-token', 'x-access-token', 'x-csrf-token', 'x-session-id', 'x-amz-security-token'],
  ...['ocp-apim-subscription-key', 'x-functions-key', 'idempotency-key'],
];

const ofTheWay = [
  ...['host', 'content-length', 'transfer-encoding', 'content-transfer-encoding', 'te', 'trailer', 'connection'],
  ...['keep-alive', 'upgrade', 'expect', 'via', 'forwarded', 'x-forwarded-for', 'x-real-ip', 'true-client-ip'],
  ...['cf-connecting-ip', 'x-cluster-client-ip', 'origin', 'referer', 'max-forwards', 'sec-fetch-site', 'x-amz-date'],
];

const refused = [...ofTracing, ...ofMethods, ...ofIdentity, ...ofCredentials, ...ofTheWay];

describe('request headers', () => {
  it.each(travelling)('%s travels', (name) => {
    expect(isForwarded(name, [])).toBe(true);
  });

  it.each([...refused, 'x-custom', 'accept_encoding', 'content_type', 'acceptx', 'contents', 'iff', 'user_agent'])(
    '%s does not',
    (name) => {
      expect(isForwarded(name, [])).toBe(false);
    },
  );

  it('travel by any other name only when the stage adds that name', () =>
    fc.assert(
      fc.property(fc.stringMatching(/^x-[a-z0-9_.!#-]{1,30}$/), fc.stringMatching(/^y-[a-z]{1,9}$/), (name, other) => {
        expect(isForwarded(name, [other])).toBe(false);
        expect(isForwarded(name, [other, name])).toBe(true);
      }),
    ));
});

describe('the names that a stage adds', () => {
  it.each(refused)('never include %s', (name) => {
    expect(mayBeAdded(name)).toBe(false);
    expect(AddedHeaders.safeParse(`x-units, ${name}`).success).toBe(false);
    expect(AddedHeaders.safeParse([name.toUpperCase()]).success).toBe(false);
  });

  it('never include one of those as a part', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('user', 'remote-user', 'api-key', 'http-method', 'forwarded', 'trace-id', 'auth', 'cookie'),
        fc.stringMatching(/^([a-z]{1,6}-)?$/),
        fc.stringMatching(/^(-[a-z]{1,6})?$/),
        (part, before, after) => {
          expect(mayBeAdded(before + part + after)).toBe(false);
        },
      ),
    ));

  it('are read out of a comma list, each once, in lower case', () => {
    expect(AddedHeaders.parse(' X-Units ,x-feature-flags,, x-units')).toEqual(['x-units', 'x-feature-flags']);
    expect(AddedHeaders.parse('')).toEqual([]);
    expect(AddedHeaders.parse(['x-units'])).toEqual(['x-units']);
  });
});
