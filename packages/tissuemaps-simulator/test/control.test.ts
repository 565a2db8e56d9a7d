import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { demo, facts, nuclei } from './conformance/target.ts';

facts('the control surface', (fixture) => {
  it('refuses what a call does not know', async () => {
    const statusOf = async (call: string, body: unknown) =>
      (await fixture.target.control('POST', call, body)).json.error?.message;
    expect(await statusOf('clock', { advance: 1 })).toMatch(/^advance is unknown\. Known: set, advanceMillis, stopped/);
    expect(await statusOf('clock', { advanceMillis: 'x' })).toBe('advanceMillis must be a number.');
    expect(await statusOf('secret', { a: 1 })).toBe('a is unknown. This call has no members.');
    expect(await statusOf('failures', { step: 'x' })).toMatch(/^step must be one of metaextract, /);
    expect(await statusOf('faults', { kind: 'x' })).toMatch(/^kind must be one of latency, /);
    expect(await statusOf('faults', { kind: 'hang', operation: 'GET /' })).toMatch(/^"GET \/" is no operation/);
    expect((await fixture.target.control('POST', 'nothing', {})).status).toBe(404);
  });

  it('moves the clock, and stops it', async () => {
    const set = await fixture.target.control('POST', 'clock', { set: '2030-01-01T00:00:00Z', stopped: true });
    expect(set.json.now).toBe('2030-01-01T00:00:00.000Z');
    const moved = await fixture.target.control('POST', 'clock', { advanceMillis: 1500 });
    expect(moved.json.now).toBe('2030-01-01T00:00:01.500Z');
    expect((await fixture.target.control('GET', 'clock')).json).toEqual(moved.json);
  });

  it('records arrivals', async () => {
    const { target } = fixture;
    await target.control('DELETE', 'arrivals');
    await target.get(`${demo}/channels?name=a+b`);
    await target.get('/api/nothing', { token: null });
    const { json } = await target.control('GET', 'arrivals');
    expect(json.arrivals).toEqual([
      {
        method: 'GET',
        path: `${demo}/channels?name=a+b`,
        authorization: `JWT ${target.token}`,
        atMillis: expect.any(Number),
        operation: 'GET /api/experiments/{experiment_id}/channels',
      },
      { method: 'GET', path: '/api/nothing', authorization: '', atMillis: expect.any(Number), operation: null },
    ]);
  });
});

facts('requests in flight', (fixture) => {
  const shown = async () => (await fixture.target.control('GET', 'in-flight')).json;

  it('are counted in sum and by kind, and the most at once', async () => {
    const { target } = fixture;
    await target.control('POST', 'faults', { kind: 'hang', times: 3 });
    const stop = new AbortController();
    const hang = (path: string) =>
      fetch(`${target.url}${path}`, { signal: stop.signal }).then(
        () => 'answered',
        () => 'gone',
      );
    const calls = [
      hang(`${nuclei}/feature-values`),
      hang(`${nuclei}/segmentations`),
      hang(`${demo}/acquisitions/1/upload/count`),
    ];
    await expect.poll(async () => (await shown()).now).toBe(3);
    stop.abort();
    expect(await Promise.all(calls)).toEqual(['gone', 'gone', 'gone']);
    await expect.poll(async () => (await shown()).now).toBe(0);
    const { most, byKind } = await shown();
    const loadMillis = expect.any(Number);
    expect([most, byKind.table, byKind.read]).toEqual([
      3,
      { now: 0, most: 2, loadMillis },
      { now: 0, most: 1, loadMillis },
    ]);
    expect(byKind.table.loadMillis).toBeGreaterThan(byKind.read.loadMillis);
    await target.control('DELETE', 'in-flight');
    expect(await shown()).toMatchObject({ most: 0, loadMillis: 0, byKind: { table: { most: 0, loadMillis: 0 } } });
  });
});

facts('a fault', (fixture) => {
  const suffer = async (rule: Readonly<Record<string, unknown>>, path = '/api/tools') => {
    await fixture.target.control('POST', 'faults', { ...rule, times: 1 });
    const answer = await fixture.target.get(path).catch(() => undefined);
    return answer === undefined ? 'cut' : [answer.status, answer.text.slice(0, 10)];
  };

  it('changes one answer in its way', async () => {
    expect(await suffer({ kind: 'status', status: 504 })).toEqual([504, '{"error":{']);
    expect(await suffer({ kind: 'html' })).toEqual([502, '<html><hea']);
    expect(await suffer({ kind: 'malformed' })).toEqual([200, '{"data": [']);
    expect(await suffer({ kind: 'cut' })).toBe('cut');
    expect(await suffer({ kind: 'cut', afterBytes: 10 })).toBe('cut');
    expect(await suffer({ kind: 'latency', millis: 1 })).toEqual([200, '{\n  "data"']);
    expect(await suffer({ kind: 'slowBody', millis: 1 })).toEqual([200, '{\n  "data"']);
    expect((await fixture.target.get('/api/tools')).status).toBe(200);
  });

  it('touches its operation only, and goes with a reset', async () => {
    const { target } = fixture;
    await target.control('POST', 'faults', { kind: 'html', operation: 'GET /api/tools' });
    expect((await target.get('/api/experiments')).status).toBe(200);
    expect((await target.get('/api/tools')).status).toBe(502);
    const { json } = await target.control('POST', 'reset', { seed: 2 });
    expect(json.experiments).toEqual(['demo-nuclei', 'demo-empty']);
    expect((await target.control('GET', 'faults')).json.faults).toEqual([]);
    expect((await target.get('/api/tools')).json.error).toBe('Invalid token');
  });
});

facts('a body above 100 MB', (fixture) => {
  it('is refused before it is sent', async () => {
    const { target } = fixture;
    const statusOf = (path: string, type: string) =>
      new Promise((resolve) => {
        const headers = { authorization: `JWT ${target.token}`, 'content-type': type, 'content-length': 104_857_601 };
        const call = request(`${target.url}${path}`, { method: 'POST', headers }, (answer) => {
          resolve(answer.statusCode);
          call.destroy();
        });
        call.flushHeaders();
      });
    const file = `${demo}/acquisitions/1/microscope-file`;
    expect(await statusOf(file, 'multipart/form-data; boundary=b')).toBe(413);
    expect(await statusOf(`${demo}/plates`, 'application/json')).toBe(413);
  });
});

facts('an upload that breaks off', (fixture) => {
  it('leaves its file FAILED, and it can be sent again', async () => {
    const { target } = fixture;
    const acquisition = `${demo}/acquisitions/MQ==`;
    await target.post(`${acquisition}/upload/register`, { files: ['late.mlf'] });
    const { port } = new URL(target.url);
    const socket = connect(Number(port), '127.0.0.1');
    const part = '--b\r\nContent-Disposition: form-data; name="file"; filename="late.mlf"\r\n\r\nbytes';
    socket.write(
      `POST ${acquisition}/microscope-file HTTP/1.1\r\nhost: a\r\nauthorization: JWT ${target.token}\r\n` +
        `content-type: multipart/form-data; boundary=b\r\ncontent-length: 9999\r\n\r\n${part}`,
    );
    const stateOf = async () => {
      const { json } = await target.get(`${acquisition}/metadata`);
      return json.data.find(({ name }: { name: string }) => name === 'late.mlf').status;
    };
    await expect.poll(stateOf).toBe('UPLOADING');
    socket.destroy();
    await expect.poll(stateOf).toBe('FAILED');
    const again = await target.upload(`${acquisition}/microscope-file`, 'late.mlf', Buffer.from('bytes'));
    expect(again.json).toEqual({ message: 'ok' });
  });
});
