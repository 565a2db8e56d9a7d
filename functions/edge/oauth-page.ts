/** The pages of /oauth, and their security headers. */

import type { TokenHolder } from '../../shared/credentials/credential.ts';
import type { Headers } from '../../shared/http/headers.ts';
import type { Ticket } from '../../shared/tokens/links.ts';
import { escaped, htmlReply } from './html-page.ts';
import type { HttpReply } from './http-handler.ts';

/**
 * @param formTargets besides the page itself. Chromium applies form-action to every redirect that follows a form: to the
 * tenant's login, and to the identity provider to which that passes on.
 */
const policy = (formTargets: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; form-action 'self'${formTargets}; frame-ancestors 'none'; base-uri 'none'`;

/** On every answer of /oauth, refusals and files included. */
export const oauthHeaders: Headers = [
  ['cache-control', 'no-store'],
  ['content-security-policy', policy('')],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['referrer-policy', 'no-referrer'],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
];

const replaced = (name: string, value: string): Headers =>
  oauthHeaders.map((header): readonly [string, string] => (header[0] === name ? [name, value] : header));

type Page = {
  readonly title: string;
  readonly outcome: 'asking' | 'waiting' | 'done' | 'failed';
  readonly main: string;
};

const page = ({ title, outcome, main }: Page, script = ''): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)} - Signals facade</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
${script}</head>
<body data-outcome="${outcome}">
<main>
<p class="product">Signals facade</p>
<h1 id="title" tabindex="-1">${escaped(title)}</h1>
${main}
</main>
</body>
</html>
`;

const row = (name: string, value: string): string => `<div><dt>${name}</dt><dd>${escaped(value)}</dd></div>`;

/**
 * With no-referrer a form has the origin "null", which cannot be distinguished from another page's. The form leads to the login of the
 * tenant, and to wherever that passes the person on.
 */
const formHeaders = (tenantOrigin: string): Headers =>
  replaced('referrer-policy', 'same-origin').map((header): readonly [string, string] =>
    header[0] === 'content-security-policy' ? [header[0], policy(` https: ${tenantOrigin}`)] : header,
  );

const nameOf = ({ id, displayName }: TokenHolder): string => displayName ?? id;

/** The text of the link that leads back. */
export const backTo = (holder: TokenHolder): string => `Back to ${nameOf(holder)}`;

/** @param back where its link leads, if the application gave an address. */
type Asking = Ticket & { readonly holder: TokenHolder; readonly back: string | undefined };

const backLink = (text: string, href: string): string =>
  `<p><a class="back" rel="noreferrer" href="${escaped(href)}">${escaped(text)}</a></p>`;

/** Shows for whom the token will be used, so that nobody links a token for a stranger who sent them a link. */
export const consentPage = (ticket: Asking, secret: string, tenantOrigin: string): HttpReply => {
  const main = `<p>An application asks to work in Signals Notebook in your name. What it writes there will carry your name.</p>
<dl>
${row('Application', nameOf(ticket.holder))}
${ticket.holder.displayName ? row('Its id', ticket.consumerId) : ''}
${ticket.contact ? row('Contact', ticket.contact) : ''}
${row('Its user', ticket.subject)}
${row('Tenant', new URL(tenantOrigin).host)}
</dl>
<p class="warning">Go on only if you are <strong>${escaped(ticket.subject)}</strong> and have just asked ${escaped(nameOf(ticket.holder))} for this yourself. If somebody sent you this link, close the page.</p>
<form method="post" action="start">
<input type="hidden" name="ticket" value="${escaped(secret)}">
<button type="submit">Continue to the login</button>
</form>
${ticket.back ? backLink(`${backTo(ticket.holder)} without linking`, ticket.back) : ''}`;
  const html = page({ title: 'Link your Signals account', outcome: 'asking', main });
  return htmlReply(200, html, formHeaders(tenantOrigin));
};

/** Before the login of a person who registers a sample. */
export const registrationLoginPage = (
  { sampleId, watch }: { readonly sampleId: string; readonly watch: string },
  tenantOrigin: string,
): HttpReply => {
  const main = `<p>A dialog of Signals Notebook asks to mark a sample as registered, in your name. Log in for this one act. The facade keeps no token of yours.</p>
<dl>
${row('Sample', sampleId)}
${row('Tenant', new URL(tenantOrigin).host)}
</dl>
<p class="warning">Go on only if you have just pressed the button in Signals Notebook yourself. If somebody sent you a link to this page, close it.</p>
<form method="post" action="register-sample">
<input type="hidden" name="eid" value="${escaped(sampleId)}">
<input type="hidden" name="watch" value="${escaped(watch)}">
<button type="submit">Continue to the login</button>
</form>`;
  const html = page({ title: 'Register a sample', outcome: 'asking', main });
  return htmlReply(200, html, formHeaders(tenantOrigin));
};

const script = '<script src="callback.js" defer></script>\n';

/** The page at the end of the login. Its script does the rest. */
export const callbackPage = (): HttpReply => {
  const main = `<p id="text" role="status">The answer of the login is being checked.</p>
<noscript><p>This page needs JavaScript: the answer of the login stands in its address, where no server can read it.</p></noscript>`;
  return htmlReply(200, page({ title: 'One moment', outcome: 'waiting', main }, script), oauthHeaders);
};

/** A refusal. Its script only clears the address. */
export const refusalPage = (status: number, detail: string): HttpReply => {
  const main = `<p id="text" role="alert">${escaped(detail)}</p>`;
  return htmlReply(status, page({ title: 'It did not work', outcome: 'failed', main }, script), oauthHeaders);
};
