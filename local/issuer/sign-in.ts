/** The sign-in page of the demo issuer: a button for each person (OpenID Connect Core, 3.1.2). */
import * as z from 'zod';
import { isLoopbackName } from '../../shared/http/loopback.ts';
import type { Grant } from './codes.ts';
import { demoPeople } from './people.ts';

const isLoopbackUrl = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && ['http:', 'https:'].includes(url.protocol) && isLoopbackName(url.hostname) && url.hash === '';
};

/** Codes go to this machine only. */
export const SignInRequest = z.object({
  response_type: z.literal('code', 'response_type is code'),
  client_id: z.string().regex(/^[!-~]{1,200}$/, 'client_id takes 1 to 200 visible ASCII characters'),
  redirect_uri: z
    .string()
    .max(500)
    .refine(isLoopbackUrl, 'redirect_uri is an address of this machine, such as http://127.0.0.1:5173/'),
  code_challenge: z.string().regex(/^[\w-]{43}$/, 'code_challenge is an S256 challenge (RFC 7636)'),
  code_challenge_method: z.literal('S256', 'code_challenge_method is S256'),
  scope: z.string().max(500).default('openid'),
  state: z.string().max(2_000).optional(),
  nonce: z.string().max(500).optional(),
});
export type SignInRequest = z.infer<typeof SignInRequest>;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** A page whose buttons send the request back with a name. */
export const signInPage = (request: SignInRequest): string => {
  const fields = Object.entries(request).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(String(value))}">`,
  );
  const buttons = demoPeople.map(
    ({ username, name }) => `<button name="username" value="${escaped(username)}">${escaped(name)}</button>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Demo sign-in</title>
<h1>Demo sign-in</h1><p>${escaped(request.client_id)} asks who you are. These people exist in the twin only.</p>
<form method="post" action="/authorize">${fields.join('')}${buttons.join(' ')}</form></html>`;
};

export const toGrant = (request: SignInRequest, username: string): Grant => ({
  clientId: request.client_id,
  redirectUri: request.redirect_uri,
  challenge: request.code_challenge,
  username,
  scope: request.scope,
  nonce: request.nonce,
});

/** Where the browser goes with its code. `iss` says whose it is (RFC 9207). */
export const returnUrl = ({ redirect_uri, state }: SignInRequest, issuer: string, code: string): string => {
  const url = new URL(redirect_uri);
  url.searchParams.set('code', code);
  url.searchParams.set('iss', issuer);
  if (state !== undefined) url.searchParams.set('state', state);
  return url.href;
};
