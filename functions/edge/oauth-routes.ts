/** /oauth/*: the pages on which a person links a token. They are for browsers and need no key. */

import type { RegisterSample } from '../../shared/actions/register-sample.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { errorCatalogue } from '../../shared/errors/catalogue.ts';
import { toErrorReply } from '../../shared/errors/error-document.ts';
import type { Consumer } from '../../shared/exchange/consumer.ts';
import type { Credential } from '../../shared/exchange/credential.ts';
import { type Headers, headerValue } from '../../shared/http/headers.ts';
import type { Tenant } from '../../shared/tenant-calls/ask-tenant.ts';
import type { Links } from '../../shared/tokens/links.ts';
import { Capture, isFor, type Login, type PurposeOf, pendingLifeMillis } from '../../shared/tokens/logins.ts';
import { type LinkOutcome, oauthRoutes } from '../../shared/tokens/oauth-routes.ts';
import { returnUrlFor } from '../../shared/tokens/return-url.ts';
import { recordOf } from '../../shared/tokens/token.ts';
import { tokenChanges } from '../../shared/tokens/token-changes.ts';
import { type Acts, gatherChanges } from './acts.ts';
import { capability } from './capability.ts';
import { documentReply, type Facts, type Handle, type HttpReply } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';
import { backTo, callbackPage, consentPage, oauthHeaders, refusalPage, registrationLoginPage } from './oauth-page.ts';
import { callbackScript, pageStyles } from './oauth-page-files.ts';
import { readJsonBody } from './parse-request.ts';

const refused = (detail: string): AppError => new AppError('LINK_REFUSED', { detail });

/** Parameter names that may carry a token in a query. */
const tokenNames = ['access_token', 'id_token', 'token', 'refresh_token'];

/** The prefix makes browsers refuse the cookie from other hosts and without TLS; on loopback there is none. */
const cookieNameOf = (publicUrl: string): string =>
  publicUrl.startsWith('https:') ? '__Host-signals-facade-link' : 'signals-facade-link';

const setCookie = (publicUrl: string, value: string, maxAgeSeconds: number): readonly [string, string] => {
  const secure = publicUrl.startsWith('https:') ? ' Secure;' : '';
  const cookie = `${cookieNameOf(publicUrl)}=${value}; Path=/; Max-Age=${maxAgeSeconds};${secure} HttpOnly; SameSite=Lax`;
  return ['set-cookie', cookie];
};

const cookieOf = ({ headers, publicUrl }: HttpRequest): string | undefined => {
  const start = `${cookieNameOf(publicUrl)}=`;
  const found = headers
    .filter(([name]) => name === 'cookie')
    .flatMap(([, value]) => value.split(';'))
    .map((part) => part.trim())
    .filter((part) => part.startsWith(start));
  // With two cookies of one name, one was set for a wider path or host, and it is unknown which is ours.
  return found.length === 1 ? found[0]?.slice(start.length) : undefined;
};

/** Browsers send the origin of a page that POSTs. Only the facade's own pages may POST here. */
const checkOrigin = ({ headers, publicUrl }: HttpRequest): void => {
  const isOwn = headerValue(headers, 'origin') === new URL(publicUrl).origin;
  const site = headerValue(headers, 'sec-fetch-site');
  if (!isOwn || (site !== undefined && site !== 'same-origin')) {
    throw refused('This request did not come from a page of the facade.');
  }
};

const checkMediaType = ({ headers }: HttpRequest, expected: string): void => {
  if (headerValue(headers, 'content-type')?.split(';')[0]?.trim().toLowerCase() === expected) return;
  throw new AppError('MEDIA_TYPE_UNKNOWN', { detail: `Send ${expected}.` });
};

const checkQuery = ({ query }: HttpRequest): void => {
  if (!query.some(([name]) => tokenNames.includes(name.toLowerCase()))) return;
  throw refused(
    'The address holds a token in its query, where servers and logs can see it. It was not taken. Whoever owns it should have it revoked in the tenant.',
  );
};

/** For a page: the error's text, with the status of its code. */
const asPage = (error: unknown, { requestId }: HttpRequest, facts: Record<string, unknown>): HttpReply => {
  const known = error instanceof AppError ? error : undefined;
  const { status, title } = errorCatalogue[known?.code ?? 'INTERNAL'];
  facts.code = known?.code ?? 'INTERNAL';
  // Not the error itself, because the address contained what it is about.
  if (!known) facts.failure = error instanceof Error ? error.name : 'unknown';
  const detail = known?.facts.detail ?? `${title}. Quote the request id ${requestId} when you ask for help.`;
  const reply = refusalPage(status, detail);
  return { ...reply, headers: withHeaders(reply.headers, known?.facts.headers ?? []) };
};

const file = (mediaType: string, text: string): HttpReply => ({
  status: 200,
  headers: [['content-type', mediaType], ...oauthHeaders],
  body: Buffer.from(text),
});

const withHeaders = (headers: Headers, extra: readonly (readonly [string, string])[]): Headers => [
  ...headers,
  ...extra,
];

const json = (document: object, headers: Headers = []): HttpReply => ({
  status: 200,
  headers: withHeaders(oauthHeaders, [['content-type', 'application/json'], ...headers]),
  body: Buffer.from(JSON.stringify(document)),
});

/** What a form of the facade's own pages holds. */
const readForm = (request: HttpRequest): URLSearchParams => {
  checkOrigin(request);
  checkMediaType(request, 'application/x-www-form-urlencoded');
  return new URLSearchParams(Buffer.from(request.body ?? []).toString('utf8'));
};

/** Sends the browser to the login. */
const toLogin = ({ publicUrl }: HttpRequest, { cookie, location }: { cookie: string; location: string }) => ({
  status: 303 as const,
  headers: withHeaders(oauthHeaders, [['location', location], setCookie(publicUrl, cookie, pendingLifeMillis / 1_000)]),
});

export type Registering = {
  readonly registerSample: RegisterSample;
  /** The tenant, as the person who has logged in. */
  readonly tenantAs: (credential: Credential, request: HttpRequest, facts: Facts) => Tenant;
};

/** @param tenantOrigin shown on the page, and where its form may lead. */
export const createOAuthRoutes = (
  links: Links<Consumer>,
  acts: Acts,
  tenantOrigin: string,
  { registerSample, tenantAs }: Registering,
): Handle => {
  const spentCookie = ({ publicUrl }: HttpRequest): Headers => [setCookie(publicUrl, '', 0)];

  /** A cookie without an open login is deleted. */
  const spentCookieAfterRefusal = async (request: HttpRequest): Promise<Headers> => {
    const cookie = cookieOf(request);
    if (cookie === undefined) return [];
    const isOver = await links.logins.find(cookie).then(
      () => false,
      (error: unknown) => error instanceof AppError,
    );
    return isOver ? spentCookie(request) : [];
  };

  const link = async (
    request: HttpRequest,
    login: Login<PurposeOf<'link'>>,
    found: Capture,
    facts: Facts,
  ): Promise<HttpReply> => {
    const { requestId, publicUrl } = request;
    let back: LinkOutcome['back'];
    const { person, consumerId, subject } = await links.finish(login, found, (consumer, token, run, replaced) => {
      const { note, changes } = gatherChanges();
      const href = returnUrlFor(login.purpose, consumer, publicUrl);
      back = href === undefined ? undefined : { href, text: backTo(consumer) };
      const caller = { consumer, subject: token.subject };
      const target = `${recordOf(token)} as ${token.person.id}`;
      return acts.around({ caller, requestId, act: 'tokens.link', target, changes }, async () => {
        const kept = await run();
        note(tokenChanges(replaced, token));
        return kept;
      });
    });
    facts.consumer = consumerId;
    const outcome: LinkOutcome = {
      ...(back ? { back } : {}),
      title: 'Your account is linked',
      text: `${consumerId} now works in Signals Notebook as ${person.email ?? `user ${person.id}`} when it acts for ${subject}. You can close this page.`,
    };
    return json(outcome, spentCookie(request));
  };

  const register = async (
    request: HttpRequest,
    login: Login<PurposeOf<'register-sample'>>,
    found: Capture,
    facts: Facts,
  ): Promise<HttpReply> => {
    facts.sample = login.purpose.sampleId;
    const person = await registerSample.finish(login, found, (credential) => tenantAs(credential, request, facts));
    const outcome = {
      title: 'The sample is registered',
      text: `${login.purpose.sampleId} is registered in the name of ${person.email ?? `user ${person.id}`}. You can close this window.`,
    };
    return json(outcome, spentCookie(request));
  };

  const finish = async (request: HttpRequest, facts: Facts): Promise<HttpReply> => {
    // Checked before the body is read, so that strangers cause no work.
    const login = await links.logins.find(cookieOf(request));
    const found = readJsonBody(request, Capture);
    if (isFor(login, 'link')) return link(request, login, found, facts);
    if (isFor(login, 'register-sample')) return register(request, login, found, facts);
    throw refused('This login is for nothing that the facade knows.');
  };

  /** The facade's usual error form, with the headers of these pages. */
  const asDocument = (error: unknown, request: HttpRequest, facts: Record<string, unknown>): HttpReply => {
    const { code, status, document, headers } = toErrorReply(error, request);
    facts.code = code;
    if (!(error instanceof AppError)) facts.failure = error instanceof Error ? error.name : 'unknown';
    const reply = documentReply(status, document, headers);
    const own = oauthHeaders.filter(([name]) => !reply.headers.some(([present]) => present === name));
    return { ...reply, headers: withHeaders(reply.headers, own) };
  };

  const handle = capability(oauthRoutes)(
    {},
    {
      showTokenLink: async ({ query: { ticket = '' }, request: { publicUrl } }) => {
        const found = await links.show(ticket);
        return consentPage({ ...found, back: returnUrlFor(found, found.holder, publicUrl) }, ticket, tenantOrigin);
      },
      startTokenLink: async ({ request }) =>
        toLogin(request, await links.start(readForm(request).get('ticket') ?? '', request.publicUrl)),
      showTokenCallback: async ({ request }) => {
        checkQuery(request);
        return callbackPage();
      },
      finishTokenLink: async ({ request, facts }) => {
        checkOrigin(request);
        checkMediaType(request, 'application/json');
        return finish(request, facts);
      },
      readTokenScript: async () => file('text/javascript; charset=utf-8', callbackScript),
      showRegistrationLogin: async ({ query: { __eid, watch } }) =>
        registrationLoginPage(registerSample.show(__eid, watch), tenantOrigin),
      startRegistrationLogin: async ({ request }) => {
        const form = readForm(request);
        const [eid, watch] = ['eid', 'watch'].map((name) => form.get(name) ?? undefined);
        return toLogin(request, await registerSample.start(eid, watch, request.publicUrl));
      },
      readRegistrationOutcome: async ({ query: { watch } }) => json(await registerSample.outcome(watch)),
      readTokenStyles: async () => file('text/css; charset=utf-8', pageStyles),
    },
  );

  return (request, facts) =>
    handle(request, facts).catch(async (error: unknown) => {
      // The script calls this route, so its refusals are documents.
      if (facts.operation !== 'finishTokenLink') return asPage(error, request, facts);
      const reply = asDocument(error, request, facts);
      return { ...reply, headers: withHeaders(reply.headers, await spentCookieAfterRefusal(request)) };
    });
};
