import { describe, expect, it } from 'vitest';
import { renderGuide } from '../../../infra/portal/guide.ts';

const guides = new Set(['caching', 'errors']);
const render = (markdown: string) => renderGuide('errors', markdown, guides);

describe('a guide', () => {
  it('has the headings of the document as addresses, as GitHub makes them', () => {
    const { title, html, sections } = render(
      '# Errors: `LIKE_THIS`\n\nText.\n\n## What *to* do\n\nMore.\n\n## What to do\n',
    );
    expect(title).toBe('Errors: LIKE_THIS');
    expect([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)).toEqual([
      'errors-like_this',
      'what-to-do',
      'what-to-do-1',
    ]);
    expect(sections).toEqual([
      { id: 'errors-like_this', title: 'Errors: LIKE_THIS', text: 'Text.' },
      { id: 'what-to-do', title: 'What to do', text: 'More.' },
      { id: 'what-to-do-1', title: 'What to do', text: '' },
    ]);
  });

  it('links to other guides and to the web, and names other documents without a link', () => {
    const { html } = render(
      '# A\n\n[b](caching.md#age) [c](https://example.com/x) [d](#a) [e](runbook.md) [f](adr/0001-x.md) [g](../shared/x.ts)\n',
    );
    expect([...html.matchAll(/<a href="([^"]*)">/g)].map(([, href]) => href)).toEqual([
      'caching#age',
      'https://example.com/x',
      '#a',
    ]);
    for (const text of ['e', 'f', 'g']) expect(html).toMatch(new RegExp(`[> ]${text}[ <]`));
  });

  it('gives a row whose first cell is a code that address, and each table a name', () => {
    const { html } = render(
      '# A\n\n| code | b |\n|---|---|\n| `SCOPE_MISSING` | x |\n| two `CODES` | y |\n\n| c |\n|---|\n| d |\n',
    );
    expect(html.match(/<tr[^>]*>/g)).toEqual(['<tr>', '<tr id="SCOPE_MISSING">', '<tr>', '<tr>', '<tr>']);
    expect(html.match(/aria-label="[^"]*"/g)).toEqual(['aria-label="Table 1"', 'aria-label="Table 2"']);
  });

  it('shows code as it is written', () => {
    const { html, sections } = render('# A\n\n```sh\necho "<b>&amp;" \'$x\'\n# no heading\n```\n');
    expect(html).toContain("<code>echo &quot;&lt;b&gt;&amp;amp;&quot; '$x'\n# no heading</code>");
    expect(sections).toHaveLength(1);
  });

  it('needs a heading', () => {
    expect(() => render('no heading')).toThrow('docs/errors.md has no heading.');
  });
});
