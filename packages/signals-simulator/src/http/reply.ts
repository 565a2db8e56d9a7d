/** The answer of a handler: a document, bytes, or nothing. */
import type { Json } from '../json.ts';
import type { Content } from '../tenant/model.ts';

export const jsonApi = 'application/vnd.api+json';

export interface Reply {
  readonly status: number;
  /** Serialised as JSON; absent with `content`, absent for an empty answer. */
  readonly document?: Json;
  readonly mediaType?: string;
  readonly content?: Content;
  readonly headers?: Readonly<Record<string, string>>;
}

export const ok = (document: Json): Reply => ({ status: 200, document });
export const created = (document: Json): Reply => ({ status: 201, document });
export const accepted = (document: Json): Reply => ({ status: 202, document });
export const noContent: Reply = { status: 204 };
/** 200 without a body, as review actions answer. */
export const emptyOk: Reply = { status: 200 };

const quoted = (fileName: string) => fileName.replace(/[^\x20-\x7e]|["\\]/g, '_');

/** Blanks as `+`; other signs as in a query, which no source shows. */
const queryName = (fileName: string) =>
  encodeURIComponent(wellFormed(fileName))
    .replaceAll('%20', '+')
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Halves of surrogate pairs, which no encoding has. */
const wellFormed = (text: string) =>
  text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '_');

/** The file of an export: `attachment; filename=My+notes.txt`, as recorded. Names with other signs have the form of RFC 6266 too. */
export const exported = (content: Content, fileName: string): Reply => {
  const name = queryName(fileName);
  const more = name.includes('%') ? `; filename*=UTF-8''${encodeURIComponent(wellFormed(fileName))}` : '';
  return { status: 200, content, headers: { 'content-disposition': `attachment; filename=${name}${more}` } };
};

/** A download: native bytes with a file name in both the plain and the UTF-8 form of RFC 6266. */
export const download = (content: Content, fileName: string): Reply => ({
  status: 200,
  content,
  headers: {
    'content-disposition': `attachment; filename="${quoted(fileName)}"; filename*=UTF-8''${encodeURIComponent(wellFormed(fileName))}`,
  },
});
