/** Keys of the tenant come and go under load: several processes of one function, one pool in the embedded DynamoDB. */
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoKey } from '../../packages/signals-simulator/src/options.ts';
import { jsonApiMediaType } from '../../shared/config/names.ts';
import { FacadeEvent } from '../../shared/facade-events/facade-event.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { sqsClient } from '../support/aws.ts';
import { startTwin, type TestTwin } from '../support/twin.ts';

type Credential = {
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>> & { readonly state: string; readonly owner: string };
};

const secondKey = 'second-signals-key';
const thirdKey = 'third-signals-key';

describe('the pool of keys', () => {
  let twin: TestTwin;
  beforeAll(async () => {
    twin = await startTwin();
  });
  afterAll(() => twin?.close());

  const call = (path: string, init: RequestInit = {}, key = 'demo-admin'): Promise<Response> =>
    fetch(twin.url + path, { ...init, headers: { 'x-api-key': key, 'content-type': jsonApiMediaType } });
  const send = (method: string, path: string, attributes: object): Promise<Response> =>
    call(path, { method, body: JSON.stringify({ data: { type: 'credential', attributes } }) });
  const list = async (): Promise<Credential[]> =>
    ((await (await call('/v1/credentials')).json()) as { data: Credential[] }).data;

  /** Reads and writes without a pause until it is stopped. Returns the statuses and the names of the written entities. */
  const keepCalling = (callers: number) => {
    let isOn = true;
    const statuses: number[] = [];
    const written: string[] = [];
    const run = async (caller: number): Promise<void> => {
      for (let index = 0; isOn; index += 1) {
        const isWrite = index % 4 === 0;
        const name = `written by ${caller} as ${index}`;
        const answer = isWrite
          ? await call(`${signalsBasePath}/entities`, {
              method: 'POST',
              body: JSON.stringify({ data: { type: 'journal', attributes: { name } } }),
            })
          : await call(`${signalsBasePath}/profiles/me`);
        statuses.push(answer.status);
        await answer.arrayBuffer();
        if (isWrite) written.push(name);
      }
    };
    const running = Promise.all(Array.from({ length: callers }, (_, caller) => run(caller)));
    const reached = async (calls: number): Promise<void> => {
      const target = statuses.length + calls;
      while (statuses.length < target) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    return {
      reached,
      async stop() {
        isOn = false;
        await running;
        return { statuses, written };
      },
    };
  };

  it('rotates under load without a failed call or a write made twice, also when the old key dies first', async () => {
    const keys = twin.simulator.tenant.people.keys;
    const load = keepCalling(6);
    await load.reached(30);
    keys.set(secondKey, '100');
    const added = await send('POST', '/v1/credentials', { owner: 'service', secret: secondKey });
    expect(added.status).toBe(201);
    await load.reached(30);
    // Most instances still remember the first key only.
    keys.delete(demoKey);
    await load.reached(60);
    // And once more, with the second revoked at the moment that the third is there.
    keys.set(thirdKey, '100');
    expect((await send('POST', '/v1/credentials', { owner: 'service', secret: thirdKey })).status).toBe(201);
    keys.delete(secondKey);
    await load.reached(60);
    const { statuses, written } = await load.stop();
    expect([...new Set(statuses)].sort()).toEqual([200, 201]);
    const made = [...twin.simulator.tenant.entities.all()]
      .map(({ name }) => name)
      .filter((name) => written.includes(name));
    expect(made.toSorted()).toEqual(written.toSorted());
    const states = await list();
    expect(states.filter(({ attributes }) => attributes.preferred)).toHaveLength(1);
    expect(states.find(({ attributes }) => attributes.preferred)?.attributes).toMatchObject({
      strikes: 0,
      usable: true,
    });
    expect(states.filter(({ attributes }) => Number(attributes.strikes) > 0)).toHaveLength(2);
  });

  it('shows state and never a secret, in answers, errors and logs', async () => {
    const bodies = [
      await (await call('/v1/credentials')).text(),
      await (await send('POST', '/v1/credentials', { owner: 'service', secret: thirdKey })).text(),
      await (await send('POST', '/v1/credentials', { owner: '', secret: 'a-secret-of-no-owner' })).text(),
      await (await send('POST', '/v1/credentials', { owner: 'x', secret: 'a secret with blanks' })).text(),
    ];
    expect(bodies[0]).toContain('lastUsedAt');
    expect(bodies[1]).toContain('CREDENTIAL_KNOWN');
    expect(bodies[2]).toContain('REQUEST_INVALID');
    const all = [...bodies, ...twin.log].join('\n');
    for (const secret of [demoKey, secondKey, thirdKey, 'a-secret-of-no-owner', 'a secret with blanks']) {
      for (const encoding of ['utf8', 'base64', 'hex'] as const)
        expect(all).not.toContain(Buffer.from(secret).toString(encoding));
    }
  });

  it('asks the tenant whose a new key is', async () => {
    const { keys } = twin.simulator.tenant.people;
    const codeOf = async (owner: string, secret: string): Promise<string> => {
      const { errors } = (await (await send('POST', '/v1/credentials', { owner, secret })).json()) as {
        errors: { code: string }[];
      };
      return errors[0]?.code ?? '';
    };
    keys.set('key-of-another', '101');
    expect(await codeOf('service', 'key-of-another')).toBe('CREDENTIAL_MISMATCH');
    expect(await codeOf('service', 'key-of-nobody')).toBe('CREDENTIAL_REFUSED');
    const taken = await send('POST', '/v1/credentials', { owner: 'other', secret: 'key-of-another' });
    expect((await taken.json()) as object).toMatchObject({
      data: { attributes: { accountId: '101', preferred: false } },
    });
  });

  it('removes a key that was retired, and no active one', async () => {
    const [dead] = (await list()).filter(({ attributes }) => Number(attributes.strikes) > 0);
    const path = `/v1/credentials/${dead?.id}`;
    const early = await call(path, { method: 'DELETE' });
    expect([early.status, await early.text()]).toEqual([409, expect.stringContaining('CREDENTIAL_IN_USE')]);
    const retired = await send('PATCH', path, { state: 'retiring' });
    expect((await retired.json()) as object).toMatchObject({
      data: { id: dead?.id, attributes: { state: 'retiring' } },
    });
    expect((await call(path, { method: 'DELETE' })).status).toBe(204);
    expect((await call(path, { method: 'DELETE' })).status).toBe(404);
    expect((await list()).map(({ id }) => id)).not.toContain(dead?.id);
  });

  it('puts an event into the operations queue when an administrator disables a key, once, without its owner', async () => {
    const url = Object.values(twin.gateway.environments).find(
      ({ OPERATIONS_QUEUE_URL }) => OPERATIONS_QUEUE_URL,
    )?.OPERATIONS_QUEUE_URL;
    const client = sqsClient(twin.endpoints.sqs);
    const events: FacadeEvent[] = [];
    const receive = async (): Promise<void> => {
      const command = new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
      const { Messages = [] } = await client.send(command);
      events.push(...Messages.map(({ Body = '' }) => FacadeEvent.parse(JSON.parse(Body))));
    };
    const [key] = (await list()).filter(({ attributes }) => !attributes.preferred);
    const path = `/v1/credentials/${key?.id}`;
    const disabled = await send('PATCH', path, { state: 'disabled' });
    expect(disabled.status).toBe(200);
    expect((await send('PATCH', path, { state: 'disabled' })).status).toBe(200);
    while (!events.some(({ type }) => type === 'credential.disabled')) await receive();
    await receive();
    expect(events.filter(({ type }) => type === 'credential.disabled')).toMatchObject([
      {
        source: '/signals-facade/local',
        subject: `credentials/${key?.id}`,
        requestid: disabled.headers.get('x-request-id'),
        data: { upstream: 'signals', credentialId: key?.id, by: 'administrator' },
      },
    ]);
    // The keys that the tenant refused in the first test of this file.
    expect(events.map(({ type }) => type)).toContain('credential.refused');
    expect(JSON.stringify(events)).not.toContain('owner');
  });

  it('lets readers neither see nor change it', async () => {
    const body = JSON.stringify({ data: { type: 'credential', attributes: { owner: 'x', secret: 'y' } } });
    expect((await call('/v1/credentials', { method: 'POST', body }, 'demo-reader')).status).toBe(403);
    expect((await call('/v1/credentials', {}, 'nobody')).status).toBe(401);
  });
});
