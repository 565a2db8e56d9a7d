/** Idempotency keys in their place: several processes of one function, one table of keys, the tenant's log as witness. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { demoIds } from '../../packages/signals-simulator/src/demo/ids.ts';
import { jsonApiMediaType } from '../../shared/config/names.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { useSharedTwin } from '../support/shared-twin.ts';
import type { TestTwin } from '../support/twin.ts';

const path = `${signalsBasePath}/entities`;

describe('Idempotency-Key', () => {
  let twin: TestTwin;
  useSharedTwin((shared) => {
    twin = shared;
  });

  const post = (key: string, name: string, init: RequestInit = {}): Promise<Response> =>
    fetch(twin.url + path, {
      method: 'POST',
      body: JSON.stringify({ data: { type: 'journal', attributes: { name } } }),
      ...init,
      headers: { 'x-api-key': 'demo-app', 'content-type': jsonApiMediaType, 'idempotency-key': key },
    });
  const postsSeen = (): number =>
    twin.simulator.arrivals.filter((arrival) => arrival.method === 'POST' && arrival.path === path).length;
  const codeOf = async (response: Response): Promise<unknown> =>
    ((await response.json()) as { errors: { code: string }[] }).errors[0]?.code;

  it('repeats the first answer, links and all, without asking the tenant', async () => {
    const key = randomUUID();
    const first = await post(key, 'Once');
    const firstText = await first.text();
    const before = postsSeen();
    const second = await post(`"${key}"`, 'Once');
    expect([second.status, await second.text()]).toEqual([first.status, firstText]);
    expect(firstText).toContain(`${twin.url}${signalsBasePath}/`);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
    expect(postsSeen()).toBe(before);
  });

  it('refuses another body under the same key with 422', async () => {
    const key = randomUUID();
    await post(key, 'One');
    const other = await post(key, 'Two');
    expect([other.status, await codeOf(other)]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('creates once, whatever the number of identical POSTs at the same time', async () => {
    const key = randomUUID();
    const before = postsSeen();
    const answers = await Promise.all(Array.from({ length: 12 }, () => post(key, 'Together')));
    expect(postsSeen() - before).toBe(1);
    const made = answers.filter(({ status }) => status === 201);
    const waiting = answers.filter(({ status }) => status === 409);
    expect([made.length + waiting.length, made.length > 0]).toEqual([12, true]);
    for (const answer of waiting) {
      expect(await codeOf(answer)).toBe('IDEMPOTENCY_IN_PROGRESS');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    const late = await post(key, 'Together');
    expect([late.status, late.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
  });

  it('repeats a refusal of the tenant, and the loss of an answer, instead of writing again', async () => {
    const key = randomUUID();
    const refused = await post(key, 'x', { body: '{"data":{}}' });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    const before = postsSeen();
    const again = await post(key, 'x', { body: '{"data":{}}' });
    expect([again.status, await again.text()]).toEqual([refused.status, await refused.text()]);
    const fault = { kind: 'cut', operation: 'POST /entities', times: 1 };
    await fetch(`${twin.simulator.url}/_control/faults`, { method: 'POST', body: JSON.stringify(fault) });
    const lostKey = randomUUID();
    const lost = await post(lostKey, 'Lost');
    expect(lost.status).toBeGreaterThanOrEqual(502);
    const repeated = await post(lostKey, 'Lost');
    expect([repeated.status, await codeOf(repeated)]).toEqual([lost.status, await codeOf(lost)]);
    expect(postsSeen()).toBe(before + 1);
  });

  it('has nothing to say about other consumers, other methods and unreadable keys', async () => {
    const statuses = [await post('two words', 'Unread 1'), await post('two words', 'Unread 2')].map(
      ({ status }) => status,
    );
    expect(statuses).toEqual([201, 201]);
    const key = randomUUID();
    await post(key, 'Mine');
    const read = await fetch(`${twin.url}${signalsBasePath}/profiles/me`, {
      headers: { 'x-api-key': 'demo-app', 'idempotency-key': key },
    });
    expect([read.status, read.headers.get('idempotency-replayed')]).toEqual([200, null]);
  });

  it('forwards an upload once, and repeats the answer to that', async () => {
    const digest = twin.simulator.tenant.entities.get(demoIds.experiment)?.digest;
    const native = `${signalsBasePath}/entities/${demoIds.experiment}/children/scan.bin?digest=${digest}`;
    const headers = { 'x-api-key': 'demo-app', 'content-type': jsonApiMediaType };
    const attributes = { method: 'POST', path: native, mediaType: 'application/octet-stream', sizeBytes: 3 };
    const body = JSON.stringify({ data: { type: 'upload', attributes } });
    const created = await fetch(`${twin.url}/v1/uploads`, { method: 'POST', headers, body });
    const { data } = (await created.json()) as {
      data: { links: Record<string, string>; attributes: { uploadHeaders: Record<string, string> } };
    };
    const { 'content-length': _counted, ...uploadHeaders } = data.attributes.uploadHeaders;
    await fetch(data.links.upload as string, { method: 'PUT', headers: uploadHeaders, body: 'abc' });
    const forward = (key: string) =>
      fetch(data.links.forward as string, { method: 'POST', headers: { ...headers, 'idempotency-key': key } });
    const key = randomUUID();
    const first = await forward(key);
    expect(first.status).toBe(201);
    const again = await forward(key);
    expect([again.status, await again.text()]).toEqual([201, await first.text()]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await codeOf(await forward(randomUUID()))).toBe('UPLOAD_DONE');
  });
});
