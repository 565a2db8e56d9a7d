/** Lists of several pages, by `links.next` of each page. */

export type Page = { readonly data: readonly unknown[]; readonly links?: { readonly next?: unknown } };

type Read = (request: Request) => Promise<Response>;

/** As text, since servers and clients encode a path in different ways: `experiment:1` and `experiment%3A1`. */
const textOf = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    // A `%` that encodes nothing stands for itself.
    return path;
  }
};

/**
 * The page that `links.next` names, below the base URL of the client. The facade may write its links with a `publicUrl` of another
 * origin and base path (docs/deploy.md). A next page differs from the first in its query only, so what ends with the path that was
 * asked for is that page. Any other page must be of the client's own origin, because the request carries the key.
 */
const nextUrl = (next: string, first: URL, base: URL, before: URL): URL => {
  const url = new URL(next, before);
  url.hash = '';
  const asked = first.pathname.slice(base.pathname.replace(/\/$/, '').length);
  if (textOf(url.pathname).endsWith(textOf(asked))) {
    const own = new URL(first);
    own.search = url.search;
    return own;
  }
  if (url.origin !== first.origin)
    throw new Error(`links.next leads to ${url.origin}, and the key is for ${first.origin} only.`);
  return url;
};

/** Every item from this page on. A page is asked for when the one before is used up. */
export async function* itemsFrom(page: Page, request: Request, baseUrl: string, read: Read): AsyncGenerator<unknown> {
  const first = new URL(request.url);
  const base = new URL(baseUrl, first);
  const asked = new Set([first.href]);
  let [here, at] = [page, first];
  for (;;) {
    yield* here.data;
    const next = here.links?.next;
    if (typeof next !== 'string' || next === '') return;
    const before = at;
    at = nextUrl(next, first, base, before);
    if (asked.has(at.href)) throw new Error(`links.next of ${before.href} leads to ${at.href}, which was read before.`);
    asked.add(at.href);
    const { headers, redirect, signal } = request;
    here = (await (await read(new Request(at, { headers, redirect, signal }))).json()) as Page;
  }
}
