/** What a handler answers: JSON, bytes, or a text in pieces. */
import type { Json } from '../json.ts';

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Written as JSON, indented or compact as the client wants it. */
  readonly json?: Json;
  readonly bytes?: Uint8Array | string;
  /** Sent without a length. What throws in it breaks the connection off. */
  readonly pieces?: Iterable<string>;
}

export const json = (value: Json, status = 200): Reply => ({ status, json: value });

export const data = (value: Json): Reply => json({ data: value });

/** The answer to a change. */
export const done = (message = 'ok'): Reply => json({ message });

export const html = (status: number, title: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'content-type': 'text/html', ...headers },
  bytes: `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n`,
});
