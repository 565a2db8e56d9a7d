/** One string of a JSON document as it is between its quotes, with escapes. */
import { createUrlRewriter, type LinkTarget } from './url-rewriter.ts';

const backslash = 0x5c;

/** Where a JSON string literal (the bytes between its quotes) stands after `decodedLength` decoded characters. */
const rawOffset = (raw: string, decodedLength: number): number => {
  let offset = 0;
  for (let index = 0; index < decodedLength; index += 1) {
    if (raw.charCodeAt(offset) !== backslash) offset += 1;
    else offset += raw[offset + 1] === 'u' ? 6 : 2;
  }
  return offset;
};

/** The text of a literal; undefined if it is not a JSON string. */
export const decodeLiteral = (raw: string): string | undefined => {
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return undefined;
  }
};

/** `/`, `?` or `#`. */
const endsBasePath = (code: number): boolean => code === 0x2f || code === 0x3f || code === 0x23;

/**
 * Makes the function that rewrites one literal. It returns undefined if the literal is not a link to the upstream's
 * API.
 */
export const createLiteralRewriter = (target: LinkTarget): ((raw: string) => string | undefined) => {
  const rewrite = createUrlRewriter(target);
  const facadeBase = JSON.stringify(target.facadeBase).slice(1, -1);
  const usual = target.upstreamOrigin + target.upstreamBasePath;
  return (raw) => {
    // Nearly all links are spelled as the tenant is configured: those need no pattern.
    if (raw.startsWith(usual) && (raw.length === usual.length || endsBasePath(raw.charCodeAt(usual.length)))) {
      return facadeBase + raw.slice(usual.length);
    }
    const decoded = decodeLiteral(raw);
    const rewritten = decoded === undefined ? undefined : rewrite(decoded);
    if (decoded === undefined || rewritten === undefined) return undefined;
    const kept = rewritten.length - target.facadeBase.length;
    return facadeBase + raw.slice(rawOffset(raw, decoded.length - kept));
  };
};
