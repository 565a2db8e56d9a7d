import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { facts, itWrites } from './target.ts';

let nowMillis = Date.parse('2026-06-01T00:00:00Z');
const redirectUri = 'https://app.example.com/callback';
const verifier = 'v'.repeat(50);
const challenge = createHash('sha256').update(verifier).digest('base64url');
const dayMillis = 86_400_000;

facts(
  '1. login and tokens',
  (fixture) => {
    const authorize = (values: Record<string, string>, method = 'GET') => {
      const query = new URLSearchParams({ client_id: 'app', redirect_uri: redirectUri, scope: 'all', ...values });
      const address = `${fixture.simulator.url}/auth/oauth/authorize`;
      return method === 'GET'
        ? fetch(`${address}?${query}`, { redirect: 'manual' })
        : fetch(address, { method, body: query, redirect: 'manual' });
    };
    const implicit = async (userId: string) => {
      const answer = await authorize(
        { response_type: 'token', user_id: userId, decision: 'allow', state: 'x y' },
        'POST',
      );
      return new URL(answer.headers.get('location') ?? '');
    };
    const tokenOf = async (userId: string) =>
      new URLSearchParams((await implicit(userId)).hash.slice(1)).get('access_token') ?? '';
    const whoAmI = (token: string) =>
      fixture.target.get('/profiles/me', { key: null, headers: { authorization: `Bearer ${token}` } });
    const exchange = (values: Record<string, string>) =>
      fetch(`${fixture.simulator.url}/auth/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: 'app',
          redirect_uri: redirectUri,
          ...values,
        }),
      });
    const codeFor = async (more: Record<string, string> = {}) => {
      const answer = await authorize(
        {
          response_type: 'code',
          code_challenge: challenge,
          code_challenge_method: 'S256',
          user_id: '104',
          decision: 'allow',
          ...more,
        },
        'POST',
      );
      return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
    };

    itWrites('shows a page to log in and consent', async () => {
      const answer = await authorize({ response_type: 'token' });
      expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('<form')]);
    });

    itWrites.each([
      { redirect_uri: `${redirectUri}/` },
      { client_id: 'other' },
      { response_type: 'password' },
      { response_type: 'code', code_challenge: challenge, code_challenge_method: 'plain' },
    ])('refuses %j on a page of its own, without a redirect', async (values) => {
      const answer = await authorize({ response_type: 'token', ...values });
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    });

    itWrites('returns the token of the implicit grant in the fragment, and the state', async () => {
      const location = await implicit('104');
      expect([location.origin + location.pathname, location.search]).toEqual([redirectUri, '']);
      expect(new URLSearchParams(location.hash.slice(1)).get('state')).toBe('x y');
    });

    itWrites('lets a token act for the user who consented', async () => {
      expect((await whoAmI(await tokenOf('104'))).json.data.id).toBe('104');
    });

    itWrites('says access_denied when the user does not consent', async () => {
      const answer = await authorize({ response_type: 'token', user_id: '104', decision: 'deny' }, 'POST');
      expect(answer.headers.get('location')).toContain('#error=access_denied');
    });

    itWrites('exchanges a code once, for the right verifier only', async () => {
      const code = await codeFor();
      const token = (await (await exchange({ code, code_verifier: verifier })).json()) as { access_token: string };
      expect((await whoAmI(token.access_token)).status).toBe(200);
      expect((await exchange({ code, code_verifier: verifier })).status).toBe(400);
      expect((await exchange({ code: await codeFor(), code_verifier: 'w'.repeat(50) })).status).toBe(400);
      expect((await exchange({ code: await codeFor(), code_verifier: 'short' })).status).toBe(400);
    });

    itWrites('keeps a token alive while it is used within 30 days', async () => {
      const token = await tokenOf('104');
      for (let use = 0; use < 3; use += 1) {
        nowMillis += 29 * dayMillis;
        expect((await whoAmI(token)).status).toBe(200);
      }
      nowMillis += 30 * dayMillis;
      expect((await whoAmI(token)).status).toBe(401);
    });

    itWrites('revokes the tokens of one address, or all of them, with 204', async () => {
      const [one, other] = [await tokenOf('104'), await tokenOf('105')];
      expect((await fixture.target.remove('/auth/tokens')).status).toBe(400);
      expect((await fixture.target.remove('/auth/tokens?email=elif.yilmaz@example.com')).status).toBe(204);
      expect([(await whoAmI(one)).status, (await whoAmI(other)).status]).toEqual([401, 200]);
      expect((await fixture.target.remove('/auth/tokens?all=true')).status).toBe(204);
      expect((await whoAmI(other)).status).toBe(401);
    });

    itWrites('revokes by domain and by user in the older form too', async () => {
      const one = await tokenOf('104');
      expect((await fixture.target.remove('/bearerTokens/127.0.0.1/user/elif.yilmaz@example.com')).status).toBe(204);
      expect((await whoAmI(one)).status).toBe(401);
      const other = await tokenOf('105');
      expect((await fixture.target.remove('/bearerTokens/127.0.0.1')).status).toBe(204);
      expect((await whoAmI(other)).status).toBe(401);
    });

    itWrites('lets only administrators revoke', async () => {
      const token = await tokenOf('104');
      const answer = await fixture.target.remove('/auth/tokens?all=true', {
        key: null,
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(403);
    });
  },
  {
    clock: { nowMillis: () => nowMillis },
    behaviour: { oauthClients: [{ clientId: 'app', redirectUris: [redirectUri] }] },
  },
);
