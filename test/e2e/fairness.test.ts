/** One consumer's stalled downloads harm nobody else. */
import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoIds } from '../../local/signals/demo/ids.ts';
import { signalsBasePath } from '../../shared/config/names.ts';
import { startTwin, type TestTwin } from '../support/twin.ts';

describe('twelve downloads of 60 MiB whose client never reads', () => {
  let twin: TestTwin;
  let stalled: IncomingMessage[] = [];
  const agent = new http.Agent({ maxSockets: 50 });

  /** The head of a download; nothing of its body is read. On a busy machine the budget may refuse it for a moment. */
  const download = async (key: string): Promise<IncomingMessage> => {
    const target = `${twin.url}${signalsBasePath}/entities/${demoIds.file60MiB}/export`;
    const outgoing = http.get(target, { agent, headers: { 'x-api-key': key } });
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    incoming.on('error', () => {});
    const isOfTheBudget = incoming.statusCode === 429 && incoming.headers['retry-after'] !== '5';
    if (!isOfTheBudget) return incoming;
    incoming.resume();
    return download(key);
  };
  const call = (path: string, key: string): Promise<Response> =>
    fetch(twin.url + path, { headers: { 'x-api-key': key } });

  beforeAll(async () => {
    twin = await startTwin();
    stalled = await Promise.all(Array.from({ length: 12 }, () => download('demo-app')));
  });
  afterAll(() => {
    agent.destroy();
    return twin?.close();
  });

  // How many are refused depends on the machine: a slow one has cut the first before the last was asked for.
  it('are refused with the limit that they have reached, from the fifth at a time on', async () => {
    const refused = stalled.filter(({ statusCode }) => statusCode === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(stalled.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 429]));
    for (const answer of refused) {
      expect(await json(answer)).toMatchObject({
        errors: [{ code: 'TOO_MANY_LARGE_ANSWERS', detail: expect.stringContaining('answers above 1 MiB') }],
      });
    }
  });

  it('leave every other call answered, the same consumer’s small ones and administration included', async () => {
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => call(`${signalsBasePath}/users`, 'demo-reader')),
      call(`${signalsBasePath}/users`, 'demo-app'),
      call('/v1/consumers', 'demo-admin'),
      call('/health', ''),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  });

  it('give their places back when their client leaves', async () => {
    for (const answer of stalled) answer.destroy();
    let next: IncomingMessage;
    do next = await download('demo-app');
    while (next.statusCode === 429 && next.resume());
    expect(next.statusCode).toBe(200);
    next.destroy();
  });
});
