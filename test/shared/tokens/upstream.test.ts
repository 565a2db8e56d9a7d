/** Requests to the tenant for tokens, against the simulator and against servers that answer differently. */
import { describe, expect, it } from 'vitest';
import { startSimulator } from '../../../packages/signals-simulator/src/simulator.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { noQuota } from '../../../shared/exchange/exchange.ts';
import { defaultProfile } from '../../../shared/exchange/quota-profile.ts';
import { createPersonProbe } from '../../../shared/pipeline/person-probe.ts';
import { createSignalsUpstream } from '../../../shared/signals/signals.ts';
import { createCodeExchange } from '../../../shared/tokens/adapters/code-exchange.ts';
import { challengeOf, type OAuthSettings } from '../../../shared/tokens/oauth.ts';
import { toCredential } from '../../../shared/tokens/user-tokens.ts';
import { createNodeHttpTransport } from '../../../shared/upstream/adapters/node-http.ts';
import { closedAfterTest } from '../../support/aws.ts';
import { tenantSize } from '../../support/test-size.ts';
import { startUpstream } from '../../support/upstream.ts';
import { tokenOf } from './builders.ts';

const probeAt = (url: string, quota = noQuota) =>
  createPersonProbe(createSignalsUpstream(url), 'test', defaultProfile, {
    transport: createNodeHttpTransport(),
    quota,
    firstByteMillis: 5_000,
  });

const withSecret = (secret: string) => toCredential(tokenOf(), secret);

describe('asking whose a token is', () => {
  it('learns id and e-mail from the tenant, with one call', async () => {
    const simulator = await closedAfterTest(startSimulator(tenantSize));
    const token = simulator.tenant.tokens.issue('101', '127.0.0.1');
    const email = simulator.tenant.people.users.get('101')?.email;
    expect(await probeAt(simulator.url)(withSecret(token))).toEqual({ kind: 'living', person: { id: '101', email } });
    expect(simulator.arrivals).toHaveLength(1);
  });

  it('learns that a token is dead', async () => {
    const simulator = await closedAfterTest(startSimulator(tenantSize));
    expect(await probeAt(simulator.url)(withSecret('no-such-token'))).toEqual({ kind: 'dead' });
  });

  it.each(['TOO_MANY_REQUESTS', 'QUOTA_UNAVAILABLE'] as const)('sends nothing when the quota says %s', async (code) => {
    const { url, seen } = await startUpstream((_request, response) => response.end());
    const refusing = { admit: () => Promise.reject(new AppError(code)) };
    expect(await probeAt(url, refusing)(withSecret('x'))).toEqual({ kind: 'refused' });
    expect(seen).toEqual([]);
  });

  it.each([
    [200, 'application/vnd.api+json', '{"data":{}}'],
    [200, 'text/html', '<h1>Log in</h1>'],
    [403, 'application/vnd.api+json', '{"errors":[]}'],
  ])('says nothing about a token on %s %s %s', async (status, type, body) => {
    const { url } = await startUpstream((_request, response) =>
      response.writeHead(status, { 'content-type': type }).end(body),
    );
    expect(await probeAt(url)(withSecret('x'))).toEqual({ kind: 'unknown' });
  });

  it('asks once, whatever the answer', async () => {
    const { url, seen } = await startUpstream((_request, response) => response.writeHead(503).end());
    expect(await probeAt(url)(withSecret('x'))).toEqual({ kind: 'unknown' });
    expect(seen).toHaveLength(1);
  });

  it('says nothing about a token when nobody answers', async () => {
    expect(await probeAt('http://127.0.0.1:9')(withSecret('x'))).toEqual({ kind: 'unknown' });
  });
});

const verifier = 'v'.repeat(43);
const redirectUri = 'http://127.0.0.1:4000/oauth/callback';

const settingsFor = (origin: string): OAuthSettings => ({
  origin,
  clientId: 'demo-client',
  responseType: 'code',
  scope: '',
  authorizePath: '/auth/oauth/authorize',
  tokenPath: '/auth/oauth/token',
  withoutState: 'refuse',
});

const exchangeAt = (url: string) => createCodeExchange(settingsFor(url), createNodeHttpTransport());

describe('exchanging a code', () => {
  const codeFrom = async (url: string): Promise<string> => {
    const form = new URLSearchParams({
      response_type: 'code',
      client_id: 'demo-client',
      redirect_uri: redirectUri,
      code_challenge: challengeOf(verifier),
      code_challenge_method: 'S256',
      user_id: '101',
      decision: 'allow',
    });
    const answer = await fetch(`${url}/auth/oauth/authorize`, { method: 'POST', body: form, redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
  };

  it('gives the token of the person who logged in, once', async () => {
    const simulator = await closedAfterTest(startSimulator(tenantSize));
    const code = await codeFrom(simulator.url);
    const token = await exchangeAt(simulator.url)(code, verifier, redirectUri);
    expect(simulator.tenant.tokens.use(token)?.id).toBe('101');
    await expect(exchangeAt(simulator.url)(code, verifier, redirectUri)).rejects.toMatchObject({
      code: 'LINK_REFUSED',
    });
  });

  it('is refused with another verifier or another redirect URI', async () => {
    const simulator = await closedAfterTest(startSimulator(tenantSize));
    for (const [proof, uri] of [
      ['w'.repeat(43), redirectUri],
      [verifier, 'http://127.0.0.1:4000/oauth/callback/'],
    ] as const) {
      const code = await codeFrom(simulator.url);
      await expect(exchangeAt(simulator.url)(code, proof, uri)).rejects.toMatchObject({ code: 'LINK_REFUSED' });
    }
  });

  it.each([
    [200, '{"token_type":"Bearer"}', 'UPSTREAM_UNREADABLE'],
    [200, 'access_token=abc', 'UPSTREAM_UNREADABLE'],
    [200, `"${'x'.repeat(70_000)}"`, 'UPSTREAM_UNREADABLE'],
    [302, '', 'LINK_REFUSED'],
    [503, 'secret words', 'UPSTREAM_UNREACHABLE'],
  ])('takes no token from a %s with %.20s', async (status, body, code) => {
    const { url } = await startUpstream((_request, response) => response.writeHead(status).end(body));
    const failure = await exchangeAt(url)('c', verifier, redirectUri).catch((error: AppError) => error);
    expect(failure).toMatchObject({ code });
    expect(JSON.stringify(failure)).not.toContain('secret words');
  });
});
