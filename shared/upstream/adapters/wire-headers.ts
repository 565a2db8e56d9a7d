/** Headers between the form that the ports use and that of node:http. */
import type { UpstreamRequest } from '../../exchange/transport.ts';
import type { Headers } from '../../http/headers.ts';

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The end-to-end headers of an answer, names in lower case. */
export const pairsOf = (rawHeaders: readonly string[]): Headers => {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    pairs.push([(rawHeaders[index] as string).toLowerCase(), rawHeaders[index + 1] as string]);
  }
  const named = pairs
    .filter(([name]) => name === 'connection')
    .flatMap(([, value]) => value.toLowerCase().split(/\s*,\s*/));
  return pairs.filter(([name]) => !hopByHop.has(name) && !named.includes(name));
};

/** Header values travel as Latin-1: other characters go as their UTF-8 bytes, control characters as blanks. */
const toWireValue = (value: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly what a header must not hold
  Buffer.from(/[^\u0000-\u00ff]/.test(value) ? Buffer.from(value, 'utf8') : Buffer.from(value, 'latin1'))
    .toString('latin1')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
    .replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, ' ');

const isToken = (name: string): boolean => /^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name);

/** The headers of a request, content-length included: what no header may hold is taken out or replaced. */
export const headersToWrite = (request: UpstreamRequest): Record<string, string | string[]> => {
  const written: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of request.headers) {
    if (hopByHop.has(name) || !isToken(name)) continue;
    const before = written[name];
    const wire = toWireValue(value);
    written[name] = before === undefined ? wire : [before, wire].flat();
  }
  const length = lengthOf(request);
  if (length !== undefined) written['content-length'] = String(length);
  return written;
};

/** A request without a body has no Content-Length, except where methods that expect one are sent an empty body. */
const lengthOf = ({ body, method }: UpstreamRequest): number | undefined => {
  if (body instanceof Uint8Array) return body.byteLength;
  if (body) return body.lengthBytes;
  return ['POST', 'PUT', 'PATCH'].includes(method) ? 0 : undefined;
};
