import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { demoIds } from '../../src/demo/ids.ts';
import { createTarget, facts, itWrites, jsonApi } from './target.ts';

facts('6. errors', (fixture) => {
  itWrites('words an error as a list with text members', async () => {
    const answer = await fixture.target.get('/entities/experiment:nowhere');
    expect(answer.headers.get('content-type')).toBe(jsonApi);
    for (const member of ['status', 'code', 'title', 'detail'])
      expect(typeof answer.json.errors[0][member]).toBe('string');
  });

  it('words a missing key as a bare object or as a list', async () => {
    const { json } = await fixture.target.get('/version', { key: null });
    expect((json.errors?.[0] ?? json).code).toBe('Unauthorized');
  });

  itWrites('answers an unknown method on a known path with 404 MethodNotFound', async () => {
    const answer = await fixture.target.put(`/entities/${demoIds.experiment}/properties`, {});
    expect([answer.status, answer.json.errors[0].code]).toEqual([404, 'MethodNotFound']);
  });

  itWrites('answers an unknown path with 404 NotFound', async () => {
    const answer = await fixture.target.get('/nothing/here');
    expect([answer.status, answer.json.errors[0].code]).toEqual([404, 'NotFound']);
  });

  itWrites('answers GET on the search of tags with 404', async () => {
    expect((await fixture.target.get('/entities/search/tags')).status).toBe(404);
  });

  itWrites.each(['/entities/%zz', '/entities/%E0%A4%A', '/entities/a%'])(
    'answers the badly encoded %s with 400',
    async (path) => {
      expect((await fixture.target.get(path)).status).toBe(400);
    },
  );

  itWrites('answers malformed JSON with 400', async () => {
    expect((await fixture.target.post('/entities', '{"data":')).status).toBe(400);
  });

  itWrites('answers a body above 100 MB with 413 before it has come', async () => {
    const status = await new Promise<string>((resolve) => {
      const { port, hostname } = new URL(fixture.target.url);
      const socket = connect(Number(port), hostname, () =>
        socket.write(
          `POST /api/rest/v1.0/entities/${demoIds.experiment}/children/big.bin?force=true HTTP/1.1\r\nhost: x\r\nx-api-key: demo-signals-key\r\ncontent-length: 200000000\r\n\r\n`,
        ),
      );
      socket.once('data', (data) => {
        socket.destroy();
        resolve(data.toString('latin1').split('\r\n')[0] ?? '');
      });
    });
    expect(status).toBe('HTTP/1.1 413 Payload Too Large');
  });

  itWrites('answers headers that are too large with 431 and stays up', async () => {
    const answer = await fixture.target.get('/version', { headers: { 'x-large': 'a'.repeat(100_000) } });
    expect([answer.status, (await fixture.target.get('/version')).status]).toEqual([431, 200]);
  });
});

facts(
  '6. errors, bare 401',
  (fixture) => {
    itWrites('words an unknown key as a bare object when the switch says so', async () => {
      const other = createTarget(fixture.simulator.url, 'x');
      const { json } = await other.get('/version');
      expect([json.code, json.errors]).toEqual(['Unauthorized', undefined]);
    });
  },
  { switches: { bareUnauthorized: true } },
);
