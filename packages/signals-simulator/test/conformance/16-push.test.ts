import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterAll, beforeAll, expect } from 'vitest';
import { demoIds } from '../../src/demo/ids.ts';
import { createChild, facts, isLive, itWrites } from './target.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const receiver = () => {
  const received: Received[] = [];
  let status = 204;
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(status).end();
    });
  });
  return {
    received,
    answerWith(next: number) {
      status = next;
    },
    listen: () =>
      new Promise<string>((resolve) =>
        server.listen(0, '127.0.0.1', () => {
          const address = server.address();
          resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hook`);
        }),
      ),
    close: () => server.close(),
  };
};

facts('16. push notifications', (fixture) => {
  const hook = receiver();
  const control = async (path: string, body: object, method = 'POST') =>
    (
      await fetch(`${fixture.simulator.url}/_control/${path}`, { method, body: JSON.stringify(body) })
    ).json() as Promise<Record<string, never>>;
  const configure = async (autoDismiss: boolean) =>
    control('behaviour', { push: { url, headerName: 'x-hook-secret', headerValue: 's3cret', autoDismiss } }, 'PATCH');
  let url = '';
  beforeAll(async () => {
    url = isLive ? '' : await hook.listen();
  });
  afterAll(() => hook.close());

  const emit = async (event: object = {}) => {
    hook.received.length = 0;
    const { ids } = (await control('notifications', {
      type: 'close',
      entityId: demoIds.experiment,
      ...event,
    })) as unknown as { ids: string[] };
    return ids;
  };
  const isDismissed = async (id: string | undefined) =>
    (await fixture.target.get(`/notifications/${id}`)).json.data.attributes.isDismissed;

  itWrites('pushes the document with the configured header', async () => {
    await configure(false);
    const [id] = await emit();
    expect(hook.received).toHaveLength(1);
    expect(hook.received[0]?.headers['x-hook-secret']).toBe('s3cret');
    const { data } = JSON.parse(hook.received[0]?.body ?? '');
    expect([data.type, data.id, data.relationships.entity.data.id]).toEqual(['notification', id, demoIds.experiment]);
    expect(await isDismissed(id)).toBe(false);
  });

  itWrites('marks it dismissed on any 2xx when auto-dismiss is on, and leaves it otherwise', async () => {
    await configure(true);
    const [good] = await emit();
    hook.answerWith(503);
    const [bad] = await emit();
    hook.answerWith(204);
    expect([await isDismissed(good), await isDismissed(bad)]).toEqual([true, false]);
  });

  itWrites('does not push again after a refusal', async () => {
    hook.answerWith(500);
    await emit();
    hook.answerWith(204);
    expect(hook.received).toHaveLength(1);
  });

  itWrites('pushes what really happens too', async () => {
    hook.received.length = 0;
    const made = await createChild(fixture.target, 'experiment', demoIds.notebook, { name: 'Pushed' });
    await expect.poll(() => hook.received.length).toBe(1);
    expect(JSON.parse(hook.received[0]?.body ?? '').data.relationships.entity.data.id).toBe(made.id);
  });

  itWrites('pushes twice, in disorder, broken, or not at all, on demand', async () => {
    await emit({ copies: 2 });
    expect(hook.received).toHaveLength(2);
    hook.received.length = 0;
    const events = ['create', 'close', 'archive'].map((type) => ({ type, entityId: demoIds.experiment }));
    const { ids } = (await control('notifications', { events, order: 'reversed' })) as unknown as { ids: string[] };
    expect(hook.received.map(({ body }) => JSON.parse(body).data.id)).toEqual(ids.toReversed());
    await emit({ malformed: 'json' });
    expect(() => JSON.parse(hook.received[0]?.body ?? '')).toThrow();
    const [silent] = await emit({ push: false });
    expect([hook.received.length, await isDismissed(silent)]).toEqual([0, false]);
  });
});
