import { expect, it } from 'vitest';
import { facts, itWrites, jsonApi, newEntity } from './target.ts';

const query = { query: { $match: { field: 'type', value: 'experiment', mode: 'keyword' } } };

facts('2. media types', (fixture) => {
  it('answers documents as application/vnd.api+json', async () => {
    expect((await fixture.target.get('/version')).headers.get('content-type')).toBe(jsonApi);
  });

  it('refuses a GET that accepts only application/json with 406', async () => {
    expect((await fixture.target.get('/version', { headers: { accept: 'application/json' } })).status).toBe(406);
  });

  it.each(['*/*', jsonApi, `text/html, ${jsonApi};q=0.5`, 'application/json, */*'])(
    'answers a GET that accepts %s',
    async (accept) => {
      expect((await fixture.target.get('/version', { headers: { accept } })).status).toBe(200);
    },
  );

  itWrites('refuses application/json on POST /entities with 415', async () => {
    const answer = await fixture.target.post('/entities', newEntity('journal', { name: 'J' }), {
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(415);
  });

  it.each(['application/json', jsonApi])('takes %s on POST /entities/search', async (type) => {
    const answer = await fixture.target.post('/entities/search', query, { headers: { 'content-type': type } });
    expect(answer.status).toBe(200);
  });

  it.each(['page[limit]=1', 'page%5Blimit%5D=1'])('reads brackets in queries raw and encoded: %s', async (text) => {
    expect((await fixture.target.get(`/entities?${text}`)).json.data.length).toBeLessThanOrEqual(1);
  });
});
