import { expect, it } from 'vitest';
import { demoIds } from '../../src/demo/ids.ts';
import { facts, itWrites } from './target.ts';

facts('3. identifiers', (fixture) => {
  it('takes the colon of an entity id raw or as %3A', async () => {
    const list = await fixture.target.get('/entities?includeTypes=experiment&page[limit]=1');
    const { id } = list.json.data[0];
    const [raw, encoded] = [
      await fixture.target.get(`/entities/${id}`),
      await fixture.target.get(`/entities/${id.replace(':', '%3A')}`),
    ];
    expect(raw.json.data).toEqual(encoded.json.data);
  });

  it('names notebook objects "entity" and their real type in attributes.type', async () => {
    const { data } = (await fixture.target.get('/entities?includeTypes=journal&page[limit]=1')).json;
    expect([data[0].type, data[0].attributes.type]).toEqual(['entity', 'journal']);
  });

  itWrites('answers an unknown id with 404 NotFound', async () => {
    const answer = await fixture.target.get('/entities/experiment:nowhere');
    expect([answer.status, answer.json.errors[0].code]).toEqual([404, 'NotFound']);
  });

  itWrites('keeps names with any letters unharmed', async () => {
    const answer = await fixture.target.get(`/entities/${demoIds.awkwardExperiment}`);
    expect(answer.json.data.attributes.name).toBe('Ünïcödé – Σύνθεση 合成 №7 🧪');
  });
});
