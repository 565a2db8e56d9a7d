/** The pages of /actions, and their security headers. */
import { type DialogMessage, dialog } from '../../shared/actions/dialog.ts';
import type { EntityVerdict, SigningVerdict } from '../../shared/actions/signing-check.ts';
import type { Headers } from '../../shared/http/headers.ts';
import { actionScript, actionStyles, registerScript } from './action-page-files.ts';
import { escaped, htmlReply, sourceOf } from './html-page.ts';
import type { HttpReply } from './http-handler.ts';

/** Only the tenant may frame these pages. X-Frame-Options cannot say that, so there is none. */
const actionHeaders = (tenantOrigin: string, script = actionScript): Headers => [
  ['cache-control', 'no-store'],
  [
    'content-security-policy',
    `default-src 'none'; script-src ${sourceOf(script)}; style-src ${sourceOf(actionStyles)}; img-src data:; ${script === registerScript ? "connect-src 'self'; " : ''}form-action 'none'; frame-ancestors ${tenantOrigin}; base-uri 'none'`,
  ],
  ['referrer-policy', 'no-referrer'],
  ['x-content-type-options', 'nosniff'],
];

type Button = { readonly text: string; readonly message: DialogMessage };

type Page = {
  readonly title: string;
  /** For the colours of the page. */
  readonly outcome: 'done' | 'failed';
  /** For tests and other programs that read the page. */
  readonly verdict: 'continue' | 'abort';
  readonly main: string;
  /** Sent as soon as the page is there, after its title and width. */
  readonly messages: readonly DialogMessage[];
  readonly button: Button;
};

const json = (value: unknown): string => escaped(JSON.stringify(value));

type Shell = { readonly title: string; readonly attributes: string; readonly main: string; readonly script: string };

const shell = (tenantOrigin: string, { title, attributes, main, script }: Shell): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)} - Signals facade</title>
<link rel="icon" href="data:,">
<style>${actionStyles}</style>
</head>
<body ${attributes} data-tenant="${escaped(tenantOrigin)}">
<main>
<p class="product">Signals facade</p>
<h1>${escaped(title)}</h1>
${main}
<p class="alone">This page works in a dialog of Signals Notebook only.</p>
<noscript><p>This page needs JavaScript to answer Signals Notebook.</p></noscript>
</main>
<script>${script}</script>
</body>
</html>
`;

const page = (tenantOrigin: string, { title, outcome, verdict, main, messages, button }: Page): string => {
  const all = [dialog.setTitle(title), dialog.resize(50), ...messages];
  return shell(tenantOrigin, {
    title,
    attributes: `data-outcome="${outcome}" data-verdict="${verdict}" data-messages="${json(all)}"`,
    main: `${main}
<button type="button" data-message="${json(button.message)}">${escaped(button.text)}</button>`,
    script: actionScript,
  });
};

const stop: Button = { text: 'Stop signing', message: dialog.closeAndAbort() };

const whyOf = ({ outcome }: EntityVerdict): string => {
  if (outcome === 'unreadable') return '<p>It could not be checked, so it is not signed. Try again in a minute.</p>';
  if (outcome === 'no-rules')
    return '<p>The facade has no rules for it, so it is not signed. An administrator can add some, or take this check away from the action.</p>';
  return '';
};

const rowOf = ({ name, isMet, needs }: EntityVerdict['results'][number]): string =>
  `<li><strong class="${isMet ? 'met' : 'unmet'}">${escaped(name)}</strong>${isMet ? '' : escaped(needs)}</li>`;

const listOf = ({ results }: EntityVerdict): string =>
  results.length === 0 ? '' : `<ul>\n${results.map(rowOf).join('\n')}\n</ul>`;

/** The id came with the request; it is shown where there are several. */
const sectionOf = (entity: EntityVerdict, isOneOfMany: boolean): string =>
  `${isOneOfMany ? `<h2>${escaped(entity.eid)}</h2>\n` : ''}${whyOf(entity)}${listOf(entity)}`;

/** Lets signing go on by itself, or says what is missing and offers to stop. */
export const verdictPage = (tenantOrigin: string, { mayContinue, entities }: SigningVerdict): HttpReply => {
  const main = entities.map((entity) => sectionOf(entity, entities.length > 1)).join('\n');
  const go: Button = { text: 'Continue signing', message: dialog.closeAndContinue() };
  const told = mayContinue
    ? {
        ...({ title: 'Ready to be signed', outcome: 'done', verdict: 'continue' } as const),
        ...{ messages: [go.message], button: go },
      }
    : {
        ...({ title: 'Not ready to be signed', outcome: 'failed', verdict: 'abort' } as const),
        ...{ messages: [], button: stop },
      };
  return htmlReply(200, page(tenantOrigin, { ...told, main }), actionHeaders(tenantOrigin));
};

/** A request that was refused, or a fault: the dialog can be left. */
export const refusedPage = (tenantOrigin: string, status: number, detail: string): HttpReply => {
  const main = `<p role="alert">${escaped(detail)}</p>`;
  const told = { title: 'Not checked', outcome: 'failed', verdict: 'abort' } as const;
  const html = page(tenantOrigin, { ...told, main, messages: [], button: stop });
  return htmlReply(status, html, actionHeaders(tenantOrigin));
};

/** A button that opens the login of the person, and waits for its end. The page knows nothing of the sample but its id. */
export const registerPage = (tenantOrigin: string, sampleId: string): HttpReply => {
  const title = 'Register a sample';
  const messages = [dialog.setTitle(title), dialog.resize(50)];
  const html = shell(tenantOrigin, {
    title,
    attributes: `data-outcome="asking" data-sample="${escaped(sampleId)}" data-messages="${json(messages)}" data-done="${json(dialog.closeAndRefresh())}"`,
    main: `<p>Marks <strong>${escaped(sampleId)}</strong> as registered, in your name. You log in to Signals Notebook in a second window.</p>
<p id="text" role="status"></p>
<p><a id="again" target="_blank" rel="noopener" hidden>Open the login</a></p>
<button type="button" id="register">Register this sample</button>`,
    script: registerScript,
  });
  return htmlReply(200, html, actionHeaders(tenantOrigin, registerScript));
};
