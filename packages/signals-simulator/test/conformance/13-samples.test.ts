import { expect } from 'vitest';
import { demoIds } from '../../src/demo/ids.ts';
import { digestOf, facts, itWrites } from './target.ts';

facts('13. samples', (fixture) => {
  const path = `/samples/${demoIds.sample}/properties`;
  const contentOf = async (id: string) =>
    (await fixture.target.get(`${path}/${id}`)).json.data.attributes.content.value;
  const set = (id: string, value: string, query = '?force=true') =>
    fixture.target.patch(`${path}/${id}${query}`, { data: { attributes: { content: { value } } } });

  itWrites('lists fields as properties with key, title, type and measure', async () => {
    const { data } = (await fixture.target.get(path)).json;
    const amount = data.find(({ id }: { id: string }) => id === '31');
    expect([amount.type, amount.meta.definition]).toEqual([
      'property',
      { key: '31', title: 'Amount', type: 'unit', measure: 'mass' },
    ]);
  });

  itWrites('narrows the list with name', async () => {
    const { data } = (await fixture.target.get(`${path}?name=Storage`)).json;
    expect(data.map(({ id }: { id: string }) => id)).toEqual(['32']);
  });

  itWrites("moves digests.self, 64 hex digits, with any change, under the sample's digest", async () => {
    const before = await contentOf('digests.self');
    const digest = await digestOf(fixture.target, demoIds.sample);
    expect((await set('32', 'Freezer', `?digest=${digest}`)).status).toBe(200);
    expect((await set('32', 'Bench', `?digest=${digest}`)).status).toBe(428);
    const after = await contentOf('digests.self');
    expect(after).toMatch(/^[0-9a-f]{64}$/);
    expect(after).not.toBe(before);
  });

  itWrites('registers: digests.external, empty at first, takes digests.self and does not move it', async () => {
    expect(await contentOf('digests.external')).toBeUndefined();
    const self = await contentOf('digests.self');
    expect((await set('digests.external', self, '')).status).toBe(200);
    expect([await contentOf('digests.external'), await contentOf('digests.self')]).toEqual([self, self]);
  });

  itWrites('changes several fields at once', async () => {
    const item = (id: string, value: string) => ({ id, type: 'property', attributes: { content: { value } } });
    const body = { data: { attributes: { data: [item('31', '3 g'), item('33', '99')] } } };
    expect((await fixture.target.patch(`${path}?force=true`, body)).status).toBe(200);
    expect([await contentOf('31'), await contentOf('33')]).toEqual(['3', '99']);
  });

  itWrites('refuses a wrong unit with 400 "Wrong input value"', async () => {
    const answer = await set('31', '3 lb');
    expect([answer.status, answer.json.errors[0].detail]).toEqual([400, expect.stringContaining('Wrong input value')]);
  });

  itWrites('lets nobody edit a closed or cancelled sample until it is reopened', async () => {
    const act = (action: string) =>
      fixture.target.put(`/samples/${demoIds.sample}/status?force=true`, { data: { attributes: { action } } });
    for (const action of ['close', 'cancel']) {
      expect((await act(action)).status).toBe(200);
      expect((await set('33', '1')).status).toBe(403);
      expect((await act('reopen')).status).toBe(200);
    }
    expect((await set('33', '1')).status).toBe(200);
  });

  const rows = `/samplesTables/${demoIds.samplesContainer}/rows`;

  itWrites('gives table rows as sampleTableRow with columns as a map, and takes samplesTableRow', async () => {
    const { data } = (await fixture.target.get(rows)).json;
    expect([data[0].type, data[0].attributes.columns['31'].name]).toEqual(['sampleTableRow', 'Amount']);
    const row = (type: string) => ({
      data: [{ type, id: data[1].id, attributes: { columns: { 33: { content: { value: '50' } } } } }],
    });
    expect((await fixture.target.patch(`${rows}?force=true`, row('sampleTableRow'))).status).toBe(400);
    expect((await fixture.target.patch(`${rows}?force=true`, row('samplesTableRow'))).status).toBe(200);
  });

  itWrites('updates every sample when a row names none, and at most 50 rows', async () => {
    const row = { type: 'samplesTableRow', attributes: { columns: { 33: { content: { value: '77' } } } } };
    const answer = await fixture.target.patch(`${rows}?force=true`, { data: [row] });
    const values = answer.json.data.map(
      (item: { attributes: { columns: Record<string, { content: { value: string } }> } }) =>
        item.attributes.columns['33']?.content.value,
    );
    expect(new Set(values)).toEqual(new Set(['77']));
    expect((await fixture.target.patch(`${rows}?force=true`, { data: Array(51).fill(row) })).status).toBe(400);
  });

  itWrites('updates by CSV in a job with an integer id, READY then SUCCESS or FAILED', async () => {
    const base = `/samplesTables/${demoIds.samplesContainer}/bulkUpdate`;
    const csv = { headers: { 'content-type': 'text/csv' } };
    const good = await fixture.target.post(`${base}?force=true`, 'ID,Purity\r\nSample-2,12.5\r\n', csv);
    expect([good.status, good.json.data.attributes.status]).toEqual([202, 'READY']);
    expect(Number.isInteger(good.json.data.attributes.jobId)).toBe(true);
    const bad = await fixture.target.post(`${base}?force=true`, 'ID,Purity\r\nNobody,1\r\n', csv);
    const state = async (job: typeof good) =>
      (await fixture.target.get(`${base}/${job.json.data.id}`)).json.data.attributes.status;
    fixture.simulator.tenant.behaviour.jobMillis = 0;
    expect(
      (await fixture.target.post(`${base}?force=true`, 'x', { headers: { 'content-type': 'application/json' } }))
        .status,
    ).toBe(415);
    expect([
      await state(await fixture.target.post(`${base}?force=true`, 'ID,Purity\r\nSample-2,13\r\n', csv)),
      ['READY', 'FAILED'].includes(await state(bad)),
    ]).toEqual(['SUCCESS', true]);
  });

  itWrites('lists samples of a table as entities, 5000 to a page', async () => {
    const { json } = await fixture.target.get(`/sampleSummary/${demoIds.samplesContainer}/samples`);
    expect(json.links.self).toContain('page[limit]=5000');
    expect(json.data.length).toBeGreaterThan(0);
  });
});
