/** Script and styles of the pages of /actions. They stand in the pages, whose policy names their hashes. */
import { pageStyles } from './oauth-page-files.ts';

/**
 * Sends the messages of the page, and those of its buttons, to the tenant's origin. A browser gives them to a page of no other origin. All
 * texts come from the attributes that the facade has written.
 */
export const actionScript = `'use strict';
const { tenant, messages } = document.body.dataset;
const send = (message) => window.parent.postMessage(message, tenant);
if (window.parent === window) {
  document.body.dataset.alone = 'yes';
} else {
  for (const message of JSON.parse(messages)) send(message);
  for (const button of document.querySelectorAll('button[data-message]')) {
    button.addEventListener('click', () => send(JSON.parse(button.dataset.message)));
  }
  document.querySelector('button[data-message]')?.focus();
}
`;

export const actionStyles = `${pageStyles}ul { margin: 0 0 1rem; padding: 0; list-style: none; border-top: 1px solid var(--line); }
li { padding: 0.6rem 0; border-bottom: 1px solid var(--line); }
li strong { display: block; }
h2 { margin: 1.25rem 0 0.5rem; font-size: 1rem; }
.met::before { content: "Met: "; color: var(--good); }
.unmet::before { content: "Not met: "; color: var(--bad); }
.alone { display: none; }
[data-alone] .alone { display: block; }
[data-alone] button { display: none; }
`;
