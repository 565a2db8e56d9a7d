/** One byte range out of a stored, whole answer (RFC 9110, 14). Several ranges are left to the upstream. */
import { type Headers, headerValue, withField } from '../../http/headers.ts';

export type ByteRange = { readonly first: number; readonly last: number };

/** The range that a request names within so many bytes; undefined when it names none, several, or none that fits. */
export const byteRange = (request: Headers, sizeBytes: number): ByteRange | undefined => {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(headerValue(request, 'range')?.trim() ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const last = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  return first <= last ? { first, last } : undefined;
};

/** Headers of the 206 that carries the range. */
export const partialHeaders = (headers: Headers, range: ByteRange, sizeBytes: number): Headers =>
  withField(
    withField(headers, 'content-range', `bytes ${range.first}-${range.last}/${sizeBytes}`),
    'content-length',
    String(range.last - range.first + 1),
  );
