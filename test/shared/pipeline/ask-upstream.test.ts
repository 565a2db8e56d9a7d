import { describe, expect, it, onTestFinished } from 'vitest';
import { noQuota } from '../../../shared/exchange/exchange.ts';
import { askUpstream } from '../../../shared/pipeline/ask-upstream.ts';
import { createSignalsUpstream } from '../../../shared/signals/signals.ts';
import { createNodeHttpTransport } from '../../../shared/upstream/adapters/node-http.ts';
import { startUpstream } from '../../support/upstream.ts';
import { addKey, createWorld } from '../credentials/support.ts';

/** A pool of three keys, the newest last, at an upstream that takes some of them. */
const start = async (...accepted: string[]) => startWith('{"data":[]}', accepted);

const startWith = async (answer: string, accepted: readonly string[]) => {
  const world = createWorld();
  for (const secret of ['a', 'b', 'c']) {
    await addKey(world, secret);
    world.advance(1);
  }
  const { url, seen } = await startUpstream(({ headers }, response) => {
    const isAccepted = headers.some(([name, value]) => name.toLowerCase() === 'x-api-key' && accepted.includes(value));
    response.writeHead(isAccepted ? 200 : 401, { 'content-type': 'application/vnd.api+json' }).end(answer);
  });
  const transport = createNodeHttpTransport();
  onTestFinished(() => transport.close());
  const parts = { transport, quota: noQuota, firstByteMillis: 5_000 };
  return { ask: askUpstream(createSignalsUpstream(url), world.instance(), 'test', parts), seen };
};

describe('a read of the facade itself', () => {
  it('is sent with the next key when the upstream refuses the first', async () => {
    const { ask, seen } = await start('b');
    expect(await ask('/entities')).toMatchObject({ status: 200, principal: 'service:signals:svc-eln' });
    expect(seen).toHaveLength(2);
    await ask('/entities');
    expect(seen).toHaveLength(3);
  });

  it('is refused when its answer is larger than any page', async () => {
    const { ask } = await startWith(' '.repeat(16_777_217), ['c']);
    await expect(ask('/entities')).rejects.toMatchObject({ code: 'UPSTREAM_UNREADABLE' });
  });

  it('tries no third', async () => {
    const { ask, seen } = await start('a');
    await expect(ask('/entities')).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
    expect(seen).toHaveLength(2);
  });
});
