/** Which absolute URLs are links into the upstream's API, and what they become on the facade: as text, and as strings of a JSON document. */

export type LinkTarget = {
  /** Origin of the upstream, such as `https://snb.example.com`. Links with `http:` instead of `https:`, or with neither, count too. */
  readonly upstreamOrigin: string;
  /** Base path of the upstream, such as `/api/rest/v1.0`: links outside of it are for people and stay as they are. */
  readonly upstreamBasePath: string;
  /** What replaces origin and base path, such as `https://facade.example.com/prod/api/rest/v1.0`. */
  readonly facadeBase: string;
};

const defaultPorts: Readonly<Record<string, string>> = { http: '80', https: '443' };

/** The authorities that name the upstream: with and without the port that each scheme implies. */
const isUpstreamAuthority = (origin: URL, scheme: string, authority: string): boolean => {
  const [host, port = defaultPorts[scheme]] = authority.toLowerCase().split(/:(?=\d*$)/);
  if (host !== origin.hostname) return false;
  const own = origin.port || defaultPorts[origin.protocol.slice(0, -1)];
  return port === own || (origin.port === '' && port === defaultPorts[scheme]);
};

type Address = { readonly origin: URL; readonly pattern: RegExp };

const readAddress = ({ upstreamOrigin, upstreamBasePath }: LinkTarget): Address => {
  const base = upstreamBasePath.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return {
    origin: new URL(upstreamOrigin),
    pattern: new RegExp(`^(?:(https?):)?//([^/?#]*)${base}(?=[/?#]|$)`, 'i'),
  };
};

/** An instance has a few upstreams, and rewrites the links of thousands of answers. */
const mostAddresses = 100;
const addresses = new Map<string, Address>();

const addressOf = (target: LinkTarget): Address => {
  const name = `${target.upstreamOrigin} ${target.upstreamBasePath}`;
  const known = addresses.get(name);
  if (known) return known;
  if (addresses.size >= mostAddresses) addresses.clear();
  const address = readAddress(target);
  addresses.set(name, address);
  return address;
};

/**
 * Makes the function that rewrites one absolute URL, or one without its scheme (`//host/…`): the URL with the facade's base, or undefined where it is not a link
 * into the upstream's API. What follows the base path is kept to the byte, raw brackets and blanks included.
 */
export const createUrlRewriter = (target: LinkTarget): ((url: string) => string | undefined) => {
  const { origin, pattern } = addressOf(target);
  const ownScheme = origin.protocol.slice(0, -1);
  return (url) => {
    const match = pattern.exec(url);
    if (!match) return undefined;
    const [prefix, scheme = ownScheme, authority] = match as unknown as [string, string | undefined, string];
    if (!isUpstreamAuthority(origin, scheme.toLowerCase(), authority)) return undefined;
    return target.facadeBase + url.slice(prefix.length);
  };
};

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
