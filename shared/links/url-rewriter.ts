/** Which absolute URLs are links into the upstream's API, and what they become on the facade. */

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

/**
 * Makes the function that rewrites one absolute URL, or one without its scheme (`//host/…`): the URL with the facade's base, or undefined where it is not a link
 * into the upstream's API. What follows the base path is kept to the byte, raw brackets and blanks included.
 */
export const createUrlRewriter = (target: LinkTarget): ((url: string) => string | undefined) => {
  const origin = new URL(target.upstreamOrigin);
  const base = target.upstreamBasePath.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const pattern = new RegExp(`^(?:(https?):)?//([^/?#]*)${base}(?=[/?#]|$)`, 'i');
  const ownScheme = origin.protocol.slice(0, -1);
  return (url) => {
    const match = pattern.exec(url);
    if (!match) return undefined;
    const [prefix, scheme = ownScheme, authority] = match as unknown as [string, string | undefined, string];
    if (!isUpstreamAuthority(origin, scheme.toLowerCase(), authority)) return undefined;
    return target.facadeBase + url.slice(prefix.length);
  };
};
