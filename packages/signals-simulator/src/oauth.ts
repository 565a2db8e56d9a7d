/**
 * The login pages outside the API: implicit grant (RFC 6749 section 4.2) and code with PKCE (RFC 7636).
 * The token endpoint's path and the page's form are invented; the sources name neither.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Clock } from './clock.ts';
import { readBody } from './http/body.ts';
import type { Reply } from './http/reply.ts';
import { textContent } from './tenant/content.ts';
import type { Tenant } from './tenant/tenant.ts';

const codeLifeMillis = 60_000;

interface Code {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly userId: string;
  readonly expiresAtMillis: number;
}

export interface OAuthPages {
  answer(request: IncomingMessage, tenant: Tenant): Promise<Reply>;
}

const html = (status: number, body: string): Reply => ({
  status,
  content: textContent('text/html; charset=utf-8', `<!doctype html><title>Signals simulator</title>${body}`),
});

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const refusedJson = (error: string, description: string): Reply => ({
  status: 400,
  mediaType: 'application/json',
  document: { error, error_description: description },
});

const redirect = (location: string): Reply => ({ status: 302, headers: { location } });

/** Why the page cannot be shown; a wrong client or redirect must never be sent anywhere. */
const problemOf = (query: URLSearchParams, tenant: Tenant): string | undefined => {
  const client = tenant.behaviour.oauthClients.find(({ clientId }) => clientId === query.get('client_id'));
  const responseType = query.get('response_type');
  if (client === undefined) return 'client_id is unknown.';
  if (!client.redirectUris.includes(query.get('redirect_uri') ?? '')) return 'redirect_uri is not registered.';
  if (responseType !== 'token' && responseType !== 'code') return 'response_type must be token or code.';
  if (responseType === 'token') return undefined;
  if (query.get('code_challenge_method') !== 'S256') return 'code_challenge_method must be S256.';
  return /^[\w-]{43}$/.test(query.get('code_challenge') ?? '')
    ? undefined
    : 'code_challenge must be 43 letters of base64url.';
};

const loginPage = (query: URLSearchParams, tenant: Tenant): Reply => {
  const hidden = [...query]
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
    .join('');
  const users = [...tenant.people.users.values()]
    .filter(({ isEnabled }) => isEnabled)
    .map(({ id, userName }) => `<option value="${id}">${escaped(userName)}</option>`)
    .join('');
  return html(
    200,
    `<h1>Log in</h1><p>${escaped(query.get('client_id') ?? '')} asks to act for you.</p><form method="post" action="/auth/oauth/authorize">${hidden}<select name="user_id">${users}</select><button name="decision" value="allow">Allow</button><button name="decision" value="deny">Deny</button></form>`,
  );
};

const withState = (form: URLSearchParams, values: Readonly<Record<string, string>>): string => {
  const state = form.get('state');
  return new URLSearchParams({ ...values, ...(state === null ? {} : { state }) }).toString();
};

export const createOAuthPages = (clock: Clock): OAuthPages => {
  const codes = new Map<string, Code>();

  const grant = (form: URLSearchParams, tenant: Tenant, host: string): Reply => {
    const redirectUri = form.get('redirect_uri') ?? '';
    const isCode = form.get('response_type') === 'code';
    const sign = isCode ? (redirectUri.includes('?') ? '&' : '?') : '#';
    const user = tenant.people.users.get(form.get('user_id') ?? '');
    if (form.get('decision') === 'deny' || user === undefined || !user.isEnabled)
      return redirect(`${redirectUri}${sign}${withState(form, { error: 'access_denied' })}`);
    if (!isCode) {
      const token = tenant.tokens.issue(user.id, host);
      return redirect(`${redirectUri}#${withState(form, { access_token: token, token_type: 'Bearer' })}`);
    }
    const code = tenant.random.hex(32);
    codes.set(code, {
      clientId: form.get('client_id') ?? '',
      redirectUri,
      challenge: form.get('code_challenge') ?? '',
      userId: user.id,
      expiresAtMillis: clock.nowMillis() + codeLifeMillis,
    });
    return redirect(`${redirectUri}${sign}${withState(form, { code })}`);
  };

  const exchange = (form: URLSearchParams, tenant: Tenant, host: string): Reply => {
    const text = form.get('code') ?? '';
    const code = codes.get(text);
    codes.delete(text);
    if (form.get('grant_type') !== 'authorization_code')
      return refusedJson('unsupported_grant_type', 'Use authorization_code.');
    if (code === undefined || clock.nowMillis() > code.expiresAtMillis)
      return refusedJson('invalid_grant', 'The code is unknown or spent.');
    if (code.clientId !== form.get('client_id') || code.redirectUri !== form.get('redirect_uri'))
      return refusedJson('invalid_grant', 'client_id or redirect_uri is another one.');
    const verifier = form.get('code_verifier') ?? '';
    const isProven =
      /^[\w.~-]{43,128}$/.test(verifier) &&
      createHash('sha256').update(verifier).digest('base64url') === code.challenge;
    if (!isProven) return refusedJson('invalid_grant', 'code_verifier does not match the challenge.');
    const token = tenant.tokens.issue(code.userId, host);
    return {
      status: 200,
      mediaType: 'application/json',
      document: { access_token: token, token_type: 'Bearer' },
      headers: { 'cache-control': 'no-store' },
    };
  };

  return {
    async answer(request, tenant) {
      const url = request.url ?? '';
      const path = url.split('?')[0];
      const host = (request.headers.host ?? '').split(':')[0] ?? '';
      if (path === '/auth/oauth/token' && request.method === 'POST')
        return exchange(new URLSearchParams((await readBody(request, 65_536)).toString('utf8')), tenant, host);
      if (path !== '/auth/oauth/authorize') return html(404, '<h1>Not found</h1>');
      const isForm = request.method === 'POST';
      const query = new URLSearchParams(
        isForm ? (await readBody(request, 65_536)).toString('utf8') : url.slice(url.indexOf('?') + 1),
      );
      const problem = problemOf(query, tenant);
      if (problem !== undefined) return html(400, `<h1>Refused</h1><p>${escaped(problem)}</p>`);
      return isForm ? grant(query, tenant, host) : loginPage(query, tenant);
    },
  };
};
