/** Lists of several pages, by `links.next` of each page. */

export type Page = { readonly data: readonly unknown[]; readonly links?: { readonly next?: unknown } };

type Read = (request: Request) => Promise<Response>;

/** The request of the next page carries the key, so it goes to the origin of this one only. */
const requestOf = (next: string, before: Request): Request => {
  const url = new URL(next, before.url);
  if (url.origin !== new URL(before.url).origin)
    throw new Error(`links.next leads to ${url.origin}, and the key is for ${new URL(before.url).origin} only.`);
  if (url.href === before.url) throw new Error(`links.next of ${before.url} leads to the same page.`);
  return new Request(url, {
    headers: before.headers,
    redirect: before.redirect,
    signal: before.signal,
  });
};

/** Every item from this page on. A page is asked for when the one before is used up. */
export async function* itemsFrom(page: Page, request: Request, read: Read): AsyncGenerator<unknown> {
  let [here, asked] = [page, request];
  for (;;) {
    yield* here.data;
    const next = here.links?.next;
    if (typeof next !== 'string' || next === '') return;
    asked = requestOf(next, asked);
    here = (await (await read(asked.clone())).json()) as Page;
  }
}
