/** The page at /docs: what the facade is, the first call, and where to go on. */
import { guideGroups } from '../../shared/documents/guides.ts';
import type { Guide } from './guide.ts';
import { type Place, renderPage } from './page.ts';

/** The first sentence of the text below the heading. */
const firstSentence = ({ sections }: Guide): string => /^.*?[.:](?= |$)/.exec(sections[0]?.text ?? '')?.[0] ?? '';

const cards = (guides: ReadonlyMap<string, Guide>, { docs }: Place): string =>
  guideGroups
    .map(({ title, guides: names }) => {
      const items = names.flatMap((name) => {
        const guide = guides.get(name);
        return guide
          ? [`<li><a href="${docs}guides/${name}">${guide.title}</a><p>${firstSentence(guide)}</p></li>`]
          : [];
      });
      return `<section><h2>${title}</h2><ul class="cards">${items.join('\n')}</ul></section>`;
    })
    .join('\n');

export const renderStartPage = (guides: ReadonlyMap<string, Guide>, place: Place): string =>
  renderPage(guides, place, {
    title: 'Documentation',
    html: `<h1>One Signals Notebook tenant, shared by many applications</h1>
<p>The facade has the tenant's unchanged API below <code>/api/rest/v1.0</code>, and resources of its own below <code>/v1</code>. Give
your Signals client this base URL and your facade key. Nothing else changes.</p>
<pre tabindex="0" data-language="sh"><code>curl -g -H 'x-api-key: demo-app' 'http://127.0.0.1:4000/api/rest/v1.0/entities?includeTypes=experiment&amp;page[limit]=5'</code></pre>
<p class="next"><a href="${place.docs}guides/quick-start">Quick start in curl, Python and TypeScript</a>
<a href="${place.docs}reference">Every operation, to try</a>
<a href="${place.root}me">Your access: scopes, limits, usage and calls to try with your key</a></p>
${cards(guides, place)}`,
  });
