import { createServer } from 'node:http';
import { expect } from 'vitest';
import { facts, itWrites } from './target.ts';

facts('18. external lists; attributes, fragments', (fixture) => {
  itWrites('is empty until the first refresh, which answers 202 without a job id', async () => {
    const list = createServer((_request, response) =>
      response.end(JSON.stringify({ data: [{ code: 'A1', project: 'x' }, { code: 'B2' }] })),
    );
    await new Promise<void>((resolve) => list.listen(0, '127.0.0.1', resolve));
    const address = list.address();
    const externalUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/list`;
    const made = await fixture.target.post('/attributes', {
      data: { type: 'attribute', attributes: { name: 'Outside', externalUrl, keyField: 'code' } },
    });
    const path = `/attributes/${made.json.data.id}`;
    const options = async () =>
      (await fixture.target.get(`${path}/options`)).json.data.map(({ id }: { id: string }) => id);
    expect(await options()).toEqual([]);
    expect((await fixture.target.send('POST', `${path}/refresh`)).status).toBe(202);
    await expect.poll(options).toEqual(['A1', 'B2']);
    list.close();
  });

  itWrites('pages options by 20, up to 10,000, and filters by term', async () => {
    const count = async (query: string) =>
      (await fixture.target.get(`/attributes/attribute:3/options${query}`)).json.data.length;
    expect([await count(''), await count('?page[limit]=10000'), await count('?term=007')]).toEqual([20, 250, 1]);
    expect((await fixture.target.get('/attributes/attribute:3/options?page[limit]=10001')).status).toBe(400);
  });

  itWrites('answers a new salt with 200, not 201, and removes it with 204', async () => {
    const made = await fixture.target.post('/fragments/salts', {
      data: { type: 'salt', attributes: { name: 'Mesylate', code: 'MsOH' } },
    });
    expect(made.status).toBe(200);
    expect((await fixture.target.remove(`/fragments/salts/${made.json.data.id}`)).status).toBe(204);
  });

  itWrites('replaces the whole list with PUT', async () => {
    const data = [{ type: 'solvate', attributes: { name: 'Ethanolate' } }];
    expect((await fixture.target.put('/fragments/solvates', { data })).json.data).toHaveLength(1);
  });
});
