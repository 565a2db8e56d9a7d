/** Turns a document of `docs/` into the contents of a page of the portal. */
import GithubSlugger from 'github-slugger';
import { Marked, type RendererObject, type Tokens } from 'marked';

/** What the search finds: a part of a guide under one heading. */
type Section = { readonly id: string; readonly title: string; readonly text: string };

export type Guide = {
  readonly name: string;
  /** Its heading, as plain text. */
  readonly title: string;
  readonly html: string;
  /** In order. The first one is the text before the second heading. */
  readonly sections: readonly Section[];
};

/** A heading as plain text: without pictures, and without marks of code, of emphasis and of links. */
export const plainHeading = (markdown: string): string =>
  markdown
    .replaceAll(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[`*]/g, '');

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** `SCOPE_MISSING` of a row whose first cell is that code alone: errors, metrics and so on have an address of their own. */
const codeOf = ([first]: readonly Tokens.TableCell[]): string | undefined =>
  /^`([\w.-]+)`$/.exec(first?.text.trim() ?? '')?.[1];

/**
 * A link to another guide leads to its page. Documents that the portal does not have, for those who run or change the facade, are
 * named without a link.
 */
const addressOf = (href: string, guides: ReadonlySet<string>): string | undefined => {
  if (/^(https?:|#)/.test(href)) return href;
  const [, name = '', anchor = ''] = /^([\w-]+)\.md(#.*)?$/.exec(href) ?? [];
  return guides.has(name) ? `${name}${anchor}` : undefined;
};

const rendererOf = (guides: ReadonlySet<string>): RendererObject => {
  const slugger = new GithubSlugger();
  let tables = 0;
  return {
    heading({ tokens, depth, text }) {
      const id = slugger.slug(plainHeading(text));
      const inner = this.parser.parseInline(tokens);
      return depth === 1
        ? `<h1 id="${id}">${inner}</h1>\n`
        : `<h${depth} id="${id}"><a class="anchor" href="#${id}">${inner}</a></h${depth}>\n`;
    },
    link({ href, tokens }) {
      const inner = this.parser.parseInline(tokens);
      const address = addressOf(href, guides);
      return address === undefined ? inner : `<a href="${escapeHtml(address)}">${inner}</a>`;
    },
    image({ href, text }) {
      const [, name] = /^screenshots\/([\w-]+\.webp)$/.exec(href) ?? [];
      if (name === undefined) throw new Error(`${href} is no picture of docs/screenshots/.`);
      // Guides are one folder below the files; the hash is filled in when all files are there.
      return `<img src="../${name}?v=%HASH%" alt="${escapeHtml(text)}" loading="lazy">`;
    },
    code({ text, lang = '' }) {
      // Long lines scroll inside the block, also by keyboard.
      return `<pre tabindex="0" data-language="${escapeHtml(lang)}"><code>${escapeHtml(text)}</code></pre>\n`;
    },
    table({ header, rows }) {
      tables += 1;
      const cells = (row: readonly Tokens.TableCell[], tag: 'td' | 'th') =>
        row.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join('');
      const line = (row: readonly Tokens.TableCell[]) => {
        const code = codeOf(row);
        return `<tr${code === undefined ? '' : ` id="${escapeHtml(code)}"`}>${cells(row, 'td')}</tr>`;
      };
      return `<div class="table" role="region" aria-label="Table ${tables}" tabindex="0"><table><thead><tr>${cells(header, 'th')}</tr></thead><tbody>${rows.map(line).join('\n')}</tbody></table></div>\n`;
    },
  };
};

const sectionsOf = (markdown: string): Section[] => {
  const slugger = new GithubSlugger();
  const withoutCode = markdown.replaceAll(/^```[\s\S]*?^```$/gm, '');
  return withoutCode
    .split(/^#+ /m)
    .slice(1)
    .map((part) => {
      const [heading = '', ...lines] = part.split('\n');
      const title = plainHeading(heading);
      const text = plainHeading(lines.join(' '))
        .replaceAll(/[|\s-]+/g, ' ')
        .trim();
      return { id: slugger.slug(title), title, text };
    });
};

/** @param guides names of all guides, to which links may lead. */
export const renderGuide = (name: string, markdown: string, guides: ReadonlySet<string>): Guide => {
  const marked = new Marked({ renderer: rendererOf(guides) });
  const sections = sectionsOf(markdown);
  const title = sections[0]?.title;
  if (title === undefined) throw new Error(`docs/${name}.md has no heading.`);
  return { name, title, html: marked.parse(markdown, { async: false }), sections };
};
