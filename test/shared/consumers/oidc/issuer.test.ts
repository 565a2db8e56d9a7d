import { describe, expect, it } from 'vitest';
import { mayLeadTo, OidcIssuersText } from '../../../../shared/consumers/oidc/issuer.ts';

const issuer = { issuer: 'https://login.example.com/t/v2.0', audience: 'facade' };
const read = (...issuers: object[]) => OidcIssuersText.safeParse(JSON.stringify(issuers));

describe('configured issuers', () => {
  it('take asymmetric signatures when nothing is said', () => {
    expect(read(issuer).data).toEqual([{ ...issuer, algorithms: ['RS256', 'PS256', 'ES256'] }]);
    expect(OidcIssuersText.parse('[]')).toEqual([]);
  });

  it.each([
    ['plain HTTP', { issuer: 'http://login.example.com' }],
    ['plain HTTP to a name that DNS may know', { issuer: 'http://login.localhost:8080' }],
    ['plain HTTP for its keys', { jwksUrl: 'http://login.example.com/keys' }],
    ['a password in the URL', { jwksUrl: 'https://a:b@login.example.com/keys' }],
    ['another scheme', { issuer: 'file:///etc/passwd' }],
    ['a shared secret', { algorithms: ['HS256'] }],
    ['no signature', { algorithms: ['none'] }],
    ['no algorithm', { algorithms: [] }],
    ['no audience', { audience: undefined }],
    ['an empty audience', { audience: '' }],
    ['something unknown', { secret: 'x' }],
  ])('refuse %s', (_name, parts) => {
    expect(read({ ...issuer, ...parts }).success).toBe(false);
  });

  it('refuse the same issuer twice, and what is no JSON', () => {
    expect(read(issuer, { ...issuer, audience: 'other' }).success).toBe(false);
    expect(OidcIssuersText.safeParse('nonsense').success).toBe(false);
  });

  it('allow plain HTTP on this machine', () => {
    expect(read({ ...issuer, issuer: 'http://127.0.0.1:8080' }).success).toBe(true);
  });
});

describe('keys that a discovery document names', () => {
  it.each([
    ['https://login.example.com', 'https://keys.example.com/jwks', true],
    ['https://login.example.com', 'http://127.0.0.1:8080/latest', false],
    ['https://login.example.com', 'http://[::1]/keys', false],
    ['https://login.example.com', 'http://keys.example.com/jwks', false],
    ['https://login.example.com', 'file:///etc/passwd', false],
    ['http://127.0.0.1:9000', 'http://127.0.0.1:9000/keys', true],
    ['http://127.0.0.1:9000', 'http://192.168.0.1/keys', false],
  ])('of %s may be at %s: %s', (issuer, url, may) => {
    expect(mayLeadTo(issuer, url)).toBe(may);
  });
});
