/** Lists of several pages. */
import { describe, expect, it } from 'vitest';
import { baseUrl, failure, fakeFacade, json } from './fake-facade.ts';

const page = (ids: readonly string[], next?: string) => () =>
  json({ data: ids.map((id) => ({ id })), links: next === undefined ? {} : { next } });

const idsOf = async (items: AsyncIterable<{ readonly id: string }>): Promise<string[]> => {
  const ids: string[] = [];
  for await (const { id } of items) ids.push(id);
  return ids;
};

describe('a list', () => {
  it('has the items of every page, with the headers of the first request', async () => {
    const next = `${baseUrl}/v1/exports?page%5Bcursor%5D=c1`;
    const handles = [page(['a', 'b'], next), page([], '?page[cursor]=c2'), page(['c'])];
    const { client, seen } = fakeFacade(handles);
    const init = { params: { query: { 'page[limit]': 2 } }, headers: { 'X-On-Behalf-Of': 'anna' } };
    expect(await idsOf(client.list('/v1/exports', init))).toEqual(['a', 'b', 'c']);
    expect(seen.map(({ url }) => url)).toEqual([
      `${baseUrl}/v1/exports?page%5Blimit%5D=2`,
      next,
      `${baseUrl}/v1/exports?page[cursor]=c2`,
    ]);
    for (const { headers } of seen)
      expect(headers).toMatchObject({ 'x-api-key': 'sfk_test', 'x-on-behalf-of': 'anna' });
    expect(seen).toHaveLength(3);
  });

  it('asks for no page before it is needed', async () => {
    const { client, seen } = fakeFacade([page(['a'], `${baseUrl}/v1/exports?page=2`)]);
    for await (const { id } of client.list('/v1/exports')) {
      expect(id).toBe('a');
      break;
    }
    expect(seen).toHaveLength(1);
  });

  it('repeats each page as any call, and throws what a later page says', async () => {
    const next = `${baseUrl}/v1/exports?page=2`;
    const handles = [page(['a'], next), () => failure(503, 'BUSY'), () => failure(403, 'SCOPE_MISSING')];
    const { client, waits } = fakeFacade(handles);
    await expect(idsOf(client.list('/v1/exports'))).rejects.toMatchObject({ code: 'SCOPE_MISSING' });
    expect(waits).toEqual([1_000]);
  });

  it.each([
    'https://public.example.com/v1/exports?page=2',
    'https://public.example.com/tools/facade/v1/exports?page=2',
  ])('goes on below its own base URL where links begin with a public one: %s', async (next) => {
    const { client, seen } = fakeFacade([page(['a'], next), page(['b'])]);
    expect(await idsOf(client.list('/v1/exports'))).toEqual(['a', 'b']);
    expect(seen.map(({ url }) => url)).toEqual([`${baseUrl}/v1/exports`, `${baseUrl}/v1/exports?page=2`]);
  });

  it('knows its own path where the public link encodes it in another way', async () => {
    const path = { eid: 'experiment:e1' };
    const next = 'https://public.example.com/api/rest/v1.0/entities/experiment:e1/children?page=2';
    const { client, seen } = fakeFacade([page(['a'], next), page(['b'])], { baseUrl: `${baseUrl}/` });
    const items = client.list('/api/rest/v1.0/entities/{eid}/children', { params: { path } });
    expect(await idsOf(items as AsyncIterable<{ id: string }>)).toEqual(['a', 'b']);
    const url = `${baseUrl}/api/rest/v1.0/entities/experiment%3Ae1/children?page=2`;
    expect(seen[1]).toMatchObject({ url, headers: { 'x-api-key': 'sfk_test' } });
  });

  it('goes on by a link with a percent sign that encodes nothing', async () => {
    const next = 'https://public.example.com/api/rest/v1.0/entities/journal:100%/children?page=2';
    const { client, seen } = fakeFacade([page(['a'], next), page(['b'])]);
    const params = { path: { eid: 'journal:100%' } };
    const items = client.list('/api/rest/v1.0/entities/{eid}/children', { params });
    expect(await idsOf(items as AsyncIterable<{ id: string }>)).toEqual(['a', 'b']);
    expect(seen[1]?.url).toBe(`${baseUrl}/api/rest/v1.0/entities/journal%3A100%25/children?page=2`);
  });

  it('gives the key to no other origin', async () => {
    const { client, seen } = fakeFacade([page(['a'], 'https://elsewhere.example.com/v1/other')]);
    await expect(idsOf(client.list('/v1/exports'))).rejects.toThrow('https://elsewhere.example.com');
    expect(seen).toHaveLength(1);
  });

  it('ends where a page leads to itself', async () => {
    const { client, seen } = fakeFacade([page(['a'], `${baseUrl}/v1/exports`)]);
    await expect(idsOf(client.list('/v1/exports'))).rejects.toThrow('read before');
    expect(seen).toHaveLength(1);
  });

  it('ends where pages lead to each other', async () => {
    const [one, other] = [`${baseUrl}/v1/exports?page=1`, `${baseUrl}/v1/exports?page=2`];
    const handles = [page(['a'], one), page(['b'], other), page(['c'], one), () => failure(500, 'ASKED_AGAIN')];
    const { client, seen } = fakeFacade(handles);
    await expect(idsOf(client.list('/v1/exports'))).rejects.toThrow(`leads to ${one}, which was read before`);
    expect(seen).toHaveLength(3);
  });
});
