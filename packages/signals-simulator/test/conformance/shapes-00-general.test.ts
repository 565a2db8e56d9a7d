/** client-shapes, section 0: what public clients send and read everywhere. */
import { expect } from 'vitest';
import { demoIds } from '../../src/demo/ids.ts';
import { facts, itWrites, newEntity } from './target.ts';

facts('client-shapes 0. general', (fixture) => {
  itWrites('section 0: a missing key is refused in `errors`, with status and code as texts', async () => {
    const { json } = await fixture.target.get('/version', { key: null });
    expect(json).toEqual({
      errors: [{ status: '401', code: 'Unauthorized', title: expect.any(String), detail: expect.any(String) }],
    });
  });

  itWrites(
    'section 0: a name beside an auto-numbering template is refused in the words that clients compare',
    async () => {
      const body = newEntity(
        'experiment',
        { name: 'x' },
        { parent: demoIds.notebook, template: demoIds.numberedTemplate },
      );
      const { json } = await fixture.target.post('/entities?force=true', body);
      expect(json.errors[0].detail).toContain('According to template, name is auto generated, can not be specified');
    },
  );

  itWrites('section 0: a Content-Type on GET and DELETE is no matter', async () => {
    const headers = { 'content-type': 'application/vnd.api+json', accept: '*/*' };
    expect((await fixture.target.get('/version', { headers })).status).toBe(200);
    const made = await fixture.target.post('/entities', newEntity('journal', { name: 'Typed delete' }));
    expect((await fixture.target.remove(`/entities/${made.json.data.id}?force=true`, { headers })).status).toBe(204);
  });

  itWrites('section 0: an upload without a body is accepted', async () => {
    const path = `/entities/${demoIds.filesExperiment}/children/empty.bin?force=true`;
    const headers = { 'content-type': 'application/octet-stream', 'content-length': '0' };
    const made = await fixture.target.send('POST', path, { headers });
    expect(made.status).toBe(201);
    expect((await fixture.target.get(`/entities/${made.json.data.id}/export`)).bytes).toHaveLength(0);
  });

  itWrites.each(['/users', '/groups', '/roles', '/attributes'])(
    '(S34) bare offset and limit are ignored on %s, an empty q too',
    async (path) => {
      const plain = await fixture.target.get(path);
      const asked = await fixture.target.get(`${path}?q=&enabled=true&offset=3&limit=1`);
      expect([plain.status, asked.status]).toEqual([200, 200]);
      expect(asked.json.data.length).toBeGreaterThan(1);
      expect(asked.json.data[0].id).toBe(plain.json.data[0].id);
    },
  );

  itWrites.each([
    '2026-01-05T09:00:00.123456%2B00:00',
    '2026-01-05T09:00:00.123456+00:00',
    '2026-01-05T09:00:00.123456',
    '2026-01-05T09:00:00Z',
  ])('section 0: times may come as %s', async (start) => {
    const { status, json } = await fixture.target.get(`/entities?start=${start}&page[limit]=1`);
    expect([status, json.data.length]).toEqual([200, 1]);
  });

  itWrites('section 0: a time without a zone is UTC', async () => {
    const list = async (query: string) =>
      (await fixture.target.get(`/entities?page[limit]=100&${query}`)).json.data.length;
    expect(await list('end=2026-01-06T09:00:00.000000')).toBe(await list('end=2026-01-06T09:00:00.000000Z'));
  });
});
