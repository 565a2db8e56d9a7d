/** The demo issuer as the facade and applications see it. The facade's own code checks its tokens. */
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { startDemoIssuer } from '../../../local/issuer/demo-issuer.ts';
import { createHttpKeySetSource } from '../../../shared/consumers/adapters/http-key-sets.ts';
import { OidcIssuers } from '../../../shared/consumers/oidc/issuer.ts';
import { createKeySets, unknownKeyPauseMillis } from '../../../shared/consumers/oidc/key-sets.ts';
import { createTokenVerifier } from '../../../shared/consumers/oidc/token-verifier.ts';
import { closedAfterTest } from '../../support/aws.ts';

const startIssuer = async () => {
  let aheadMillis = 0;
  const clock = { nowMillis: () => Date.now() + aheadMillis };
  const { url } = await closedAfterTest(startDemoIssuer(0, clock.nowMillis));
  const issuers = OidcIssuers.parse([{ issuer: url, audience: 'signals-facade' }]);
  const verifier = createTokenVerifier(issuers, createKeySets(createHttpKeySetSource(), clock), clock);
  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(url + path, { method: 'POST', body: new URLSearchParams(form), headers, redirect: 'manual' });
  const tokenFor = async (form: Record<string, string>): Promise<string> =>
    (await post('/token', { client_id: 'demo-people', ...form }, { accept: 'text/plain' })).text();
  const refusalOf = async (token: string): Promise<string> => {
    const error: unknown = await verifier.verify(token).catch((thrown: unknown) => thrown);
    return (error as { facts?: { detail?: string } }).facts?.detail ?? '';
  };
  const wait = (millis: number): void => {
    aheadMillis += millis;
  };
  return { url, post, tokenFor, verifier, refusalOf, wait };
};

const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');
const redirectUri = 'http://127.0.0.1:5173/signed-in?a=b';

/** A path as it stands on the wire: `fetch` would write it another way. */
const statusOfRaw = (url: string, path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(url, { path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

describe('the demo issuer', () => {
  it.each(['//', '//[', 'http://[', '*'])('answers the path %s with 404', async (path) => {
    const { url } = await startIssuer();
    expect(await statusOfRaw(url, path)).toBe(404);
    expect((await fetch(`${url}/.well-known/openid-configuration`)).status).toBe(200);
  });

  it('gives tokens of a person, whom the facade takes for one', async () => {
    const { url, tokenFor, verifier } = await startIssuer();
    expect(await verifier.verify(await tokenFor({ username: 'anna' }))).toEqual({
      client: { issuer: url, clientId: 'demo-people' },
      subject: 'anna',
    });
  });

  it.each([{}, { grant_type: 'client_credentials' }])('gives tokens of an application for %o', async (form) => {
    const { tokenFor, verifier } = await startIssuer();
    expect((await verifier.verify(await tokenFor(form))).subject).toBeUndefined();
  });

  it('takes a person for one whose name is that of the client', async () => {
    const { tokenFor, verifier } = await startIssuer();
    expect((await verifier.verify(await tokenFor({ username: 'demo-people' }))).subject).toBe('demo-people');
  });

  it.each([
    [{ expires_in: '-3600' }, 'expired'],
    [{ audience: 'another' }, 'another audience'],
  ])('gives tokens that are refused on demand: %o', async (form, reason) => {
    const { tokenFor, refusalOf } = await startIssuer();
    expect(await refusalOf(await tokenFor({ username: 'anna', ...form }))).toContain(reason);
  });

  it('rotates its key, and tokens of the key before stay good until it is withdrawn', async () => {
    const { tokenFor, verifier, post, refusalOf, wait } = await startIssuer();
    const first = await tokenFor({ username: 'anna', expires_in: '86400' });
    expect((await verifier.verify(first)).subject).toBe('anna');
    expect(await (await post('/rotate', {})).json()).toEqual({ keys: ['demo-2', 'demo-1'] });
    wait(unknownKeyPauseMillis);
    const second = await tokenFor({ username: 'ben', expires_in: '86400' });
    expect((await verifier.verify(second)).subject).toBe('ben');
    expect((await verifier.verify(first)).subject).toBe('anna');
    expect(await (await post('/rotate', { withdraw: 'true' })).json()).toEqual({ keys: ['demo-3'] });
    wait(600_000);
    expect(await refusalOf(first)).toContain('no key of its issuer');
  });

  it.each([
    [{ client_id: '' }, 'client_id'],
    [{ grant_type: 'device_code' }, 'grant_type'],
    [{ grant_type: 'password' }, 'username is missing'],
    [{ username: 'a b' }, 'username'],
    [{ expires_in: '1e9' }, 'expires_in'],
    [{ grant_type: 'authorization_code', code: 'guessed' }, 'The code is unknown'],
  ])('refuses a form with %o', async (form, reason) => {
    const { post } = await startIssuer();
    const answer = await post('/token', { client_id: 'demo-people', ...form });
    expect([answer.status, JSON.stringify(await answer.json())]).toEqual([400, expect.stringContaining(reason)]);
  });

  it('refuses a form that is too long', async () => {
    const { post } = await startIssuer();
    expect((await post('/token', { client_id: 'a', username: 'x'.repeat(20_000) })).status).toBe(400);
  });

  it('publishes what clients of OpenID Connect look for', async () => {
    const { url } = await startIssuer();
    const found = (await (await fetch(`${url}/.well-known/openid-configuration`)).json()) as Record<string, string>;
    expect(found).toMatchObject({ issuer: url, token_endpoint: `${url}/token`, jwks_uri: `${url}/keys` });
    const keys = JSON.stringify(await (await fetch(found.jwks_uri ?? '')).json());
    expect(keys).toContain('demo-1');
    expect(keys).not.toContain('"d"');
  });
});

describe('the sign-in page of the demo issuer', () => {
  const verifierText = randomBytes(32).toString('base64url');
  const wanted = {
    response_type: 'code',
    client_id: 'demo-people',
    redirect_uri: redirectUri,
    code_challenge: challengeOf(verifierText),
    code_challenge_method: 'S256',
    scope: 'openid profile',
    state: 's"1',
    nonce: 'n1',
  };

  const signIn = async (issuer: Awaited<ReturnType<typeof startIssuer>>) => {
    const page = await (await fetch(`${issuer.url}/authorize?${new URLSearchParams(wanted)}`)).text();
    expect(page).toContain('Anna Example');
    expect(page).toContain('value="s&quot;1"');
    const answer = await issuer.post('/authorize', { ...wanted, username: 'anna' });
    expect(answer.status).toBe(303);
    const back = new URL(answer.headers.get('location') ?? '');
    expect([back.origin, back.searchParams.get('a'), back.searchParams.get('state')]).toEqual([
      'http://127.0.0.1:5173',
      'b',
      's"1',
    ]);
    return back.searchParams.get('code') ?? '';
  };
  const redemption = { grant_type: 'authorization_code', redirect_uri: redirectUri, code_verifier: verifierText };

  it('leads to tokens with a code, once', async () => {
    const issuer = await startIssuer();
    const code = await signIn(issuer);
    const form = { client_id: 'demo-people', ...redemption, code };
    const tokens = (await (await issuer.post('/token', form)).json()) as { access_token: string; id_token: string };
    expect((await issuer.verifier.verify(tokens.access_token)).subject).toBe('anna');
    expect(decodeJwt(tokens.id_token)).toMatchObject({ sub: 'anna', aud: 'demo-people', nonce: 'n1' });
    expect(await issuer.refusalOf(tokens.id_token)).toContain('another audience');
    expect((await issuer.post('/token', form)).status).toBe(400);
  });

  it.each([
    ['another verifier', { code_verifier: 'other' }],
    ['another address', { redirect_uri: 'http://127.0.0.1:5174/' }],
    ['another client', { client_id: 'other' }],
  ])('leads to nothing for %s', async (_name, other) => {
    const issuer = await startIssuer();
    const form = { client_id: 'demo-people', ...redemption, code: await signIn(issuer), ...other };
    expect((await issuer.post('/token', form)).status).toBe(400);
  });

  it('leads to nothing after a minute', async () => {
    const issuer = await startIssuer();
    const code = await signIn(issuer);
    issuer.wait(60_000);
    expect((await issuer.post('/token', { client_id: 'demo-people', ...redemption, code })).status).toBe(400);
  });

  it.each([
    { redirect_uri: 'https://app.example.com/' },
    { redirect_uri: 'http://127.0.0.1.example.com/' },
    { redirect_uri: 'javascript:alert(1)' },
    { code_challenge_method: 'plain' },
    { response_type: 'token' },
  ])('is not shown for %o', async (other) => {
    const { url } = await startIssuer();
    expect((await fetch(`${url}/authorize?${new URLSearchParams({ ...wanted, ...other })}`)).status).toBe(400);
  });
});

describe('pages of other hosts', () => {
  const statusFor = (url: string, host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      request(`${url}/keys`, { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });

  it('cannot read tokens by a name of their own that leads to this machine', async () => {
    const { url } = await startIssuer();
    expect([await statusFor(url, 'evil.example.com'), await statusFor(url, new URL(url).host)]).toEqual([404, 200]);
  });

  it('cannot read tokens across origins; pages of this machine can', async () => {
    const { post } = await startIssuer();
    const allowed = async (origin: string) =>
      (await post('/token', { client_id: 'a' }, { origin })).headers.get('access-control-allow-origin');
    expect(await allowed('https://evil.example.com')).toBeNull();
    expect(await allowed('http://localhost:5173')).toBe('http://localhost:5173');
  });
});
