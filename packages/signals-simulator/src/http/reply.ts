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

/** A download: native bytes with a file name in both the plain and the UTF-8 form of RFC 6266. */
export const download = (content: Content, fileName: string): Reply => ({
  status: 200,
  content,
  headers: {
    'content-disposition': `attachment; filename="${quoted(fileName)}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  },
});
