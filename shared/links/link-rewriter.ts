/**
 * Points the absolute URLs under `links` members of a JSON document at the facade and leaves every other byte alone:
 * key order, numbers, white space, text that merely looks like a link, bytes that are not UTF-8.
 *
 * It works on bytes as they arrive, holding back no more than one link string, so that 60 MB cost no 60 MB of memory.
 * Input that is not JSON passes unchanged in length and order; nothing here throws on it.
 */

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const colon = 0x3a;
const comma = 0x2c;

/** No link is longer; a longer string is passed on as it stands. */
const longestLinkBytes = 65_536;

export type LinkTarget = {
  /** Origin of the upstream, such as `https://snb.example.com`. Links with `http:` instead of `https:` count too. */
  readonly upstreamOrigin: string;
  /** Base path of the upstream, such as `/api/rest/v1.0`: links outside of it are for people and stay as they are. */
  readonly upstreamBasePath: string;
  /** What replaces origin and base path, such as `https://facade.example.com/prod/api/rest/v1.0`. */
  readonly facadeBase: string;
};

/** Where a JSON string literal (the bytes between its quotes) stands after `decodedLength` decoded characters. */
const rawOffset = (raw: string, decodedLength: number): number => {
  let offset = 0;
  for (let index = 0; index < decodedLength; index += 1) {
    if (raw.charCodeAt(offset) !== backslash) offset += 1;
    else offset += raw[offset + 1] === 'u' ? 6 : 2;
  }
  return offset;
};

const decodeLiteral = (raw: string): string | undefined => {
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return undefined;
  }
};

const defaultPorts: Readonly<Record<string, string>> = { http: '80', https: '443' };

/** The authorities that name the upstream: with and without the port that each scheme implies. */
const isUpstreamAuthority = (origin: URL, scheme: string, authority: string): boolean => {
  const [host, port = defaultPorts[scheme]] = authority.toLowerCase().split(/:(?=\d*$)/);
  if (host !== origin.hostname) return false;
  const own = origin.port || defaultPorts[origin.protocol.slice(0, -1)];
  return port === own || (origin.port === '' && port === defaultPorts[scheme]);
};

/**
 * Makes the function that rewrites one absolute URL: the URL with the facade's base, or undefined where it is not a link
 * into the upstream's API. What follows the base path is kept to the byte, raw brackets and blanks included.
 */
export const createUrlRewriter = (target: LinkTarget): ((url: string) => string | undefined) => {
  const origin = new URL(target.upstreamOrigin);
  const base = target.upstreamBasePath.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const pattern = new RegExp(`^(https?)://([^/?#]*)${base}(?=[/?#]|$)`, 'i');
  return (url) => {
    const match = pattern.exec(url);
    if (!match) return undefined;
    const [prefix, scheme, authority] = match as unknown as [string, string, string];
    if (!isUpstreamAuthority(origin, scheme.toLowerCase(), authority)) return undefined;
    return target.facadeBase + url.slice(prefix.length);
  };
};

const createLiteralRewriter = (target: LinkTarget): ((raw: string) => string | undefined) => {
  const rewrite = createUrlRewriter(target);
  const facadeBase = JSON.stringify(target.facadeBase).slice(1, -1);
  return (raw) => {
    const decoded = decodeLiteral(raw);
    if (decoded === undefined) return undefined;
    const rewritten = rewrite(decoded);
    if (rewritten === undefined) return undefined;
    const kept = rewritten.length - target.facadeBase.length;
    return facadeBase + raw.slice(rawOffset(raw, decoded.length - kept));
  };
};

/** One open object or array. `inLinks`: some member on the way here is named `links`. */
type Frame = { readonly isObject: boolean; readonly inLinks: boolean; nextIsLinks: boolean; expectsKey: boolean };

export type LinkRewriter = {
  /** Takes the next bytes; returns those that may go out. */
  readonly push: (chunk: Uint8Array) => Uint8Array;
  /** Returns what was held back. */
  readonly end: () => Uint8Array;
};

/** A rewriter for one document. Bytes are read as Latin-1, so each stands for itself whatever the encoding. */
export const createLinkRewriter = (target: LinkTarget): LinkRewriter => {
  const rewriteLiteral = createLiteralRewriter(target);
  const stack: Frame[] = [];
  let top: Frame | undefined;
  let inString = false;
  let escaped = false;
  /** The string at hand is a key, or a value under `links`: its bytes are collected. */
  let collecting = false;
  let literal = '';

  const open = (isObject: boolean): void => {
    const inLinks = top !== undefined && (top.inLinks || top.nextIsLinks);
    top = { isObject, inLinks, nextIsLinks: false, expectsKey: isObject };
    stack.push(top);
  };

  const close = (): void => {
    stack.pop();
    top = stack.at(-1);
  };

  const startString = (): void => {
    inString = true;
    escaped = false;
    literal = '';
    collecting = top !== undefined && (top.expectsKey || top.inLinks || top.nextIsLinks);
  };

  /** Takes the whole literal when it is complete; returns its replacement if it has one. */
  const finishString = (): string | undefined => {
    inString = false;
    if (!collecting || top === undefined) return undefined;
    if (top.expectsKey) {
      top.nextIsLinks = decodeLiteral(literal) === 'links';
      return undefined;
    }
    return rewriteLiteral(literal);
  };

  const structural = (byte: number): void => {
    if (byte === openBrace || byte === openBracket) open(byte === openBrace);
    else if (byte === closeBrace || byte === closeBracket) close();
    else if (top === undefined) return;
    else if (byte === colon) top.expectsKey = false;
    else if (byte === comma) {
      top.expectsKey = top.isObject;
      top.nextIsLinks = false;
    }
  };

  return {
    push(chunk) {
      const input = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const output: Uint8Array[] = [];
      /** Everything of `input` before this index has been put into `output`, or is held in `literal`. */
      let sent = 0;
      let index = 0;

      while (index < input.length) {
        if (!inString) {
          const byte = input[index] as number;
          index += 1;
          if (byte === quote) {
            startString();
            if (collecting && top?.expectsKey === false) {
              output.push(input.subarray(sent, index));
              sent = index;
            }
          } else structural(byte);
          continue;
        }
        const start = index;
        const end = endOfString(input, index, escaped);
        escaped = end.escaped;
        index = end.index;
        if (collecting) literal += input.toString('latin1', start, index);
        const held = collecting && top?.expectsKey === false;
        if (end.complete) {
          const replacement = finishString();
          if (held) output.push(Buffer.from(replacement ?? literal, 'latin1'));
          if (held) sent = index;
          index += 1; // the closing quote, sent with what follows
        } else if (held) {
          sent = index;
          if (literal.length > longestLinkBytes) {
            output.push(Buffer.from(literal, 'latin1'));
            collecting = false;
          }
        } else if (collecting && literal.length > longestLinkBytes) collecting = false;
      }
      if (output.length === 0) return input.subarray(sent);
      output.push(input.subarray(sent));
      return Buffer.concat(output);
    },
    end() {
      const held = inString && collecting && top?.expectsKey === false;
      return held ? Buffer.from(literal, 'latin1') : Buffer.alloc(0);
    },
  };
};

/** Scans to the closing quote of a string. `index` is that quote, or the end of the bytes where it is yet to come. */
const endOfString = (
  bytes: Buffer,
  from: number,
  startsEscaped: boolean,
): { index: number; escaped: boolean; complete: boolean } => {
  let index = from;
  let escaped = startsEscaped;
  while (index < bytes.length) {
    if (escaped) {
      escaped = false;
      index += 1;
      continue;
    }
    const byte = bytes[index];
    if (byte === quote) return { index, escaped: false, complete: true };
    if (byte === backslash) escaped = true;
    index += 1;
  }
  return { index, escaped, complete: false };
};
