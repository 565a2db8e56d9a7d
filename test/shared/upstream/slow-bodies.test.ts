/** An upstream that takes a long body slowly. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createNodeHttpTransport } from '../../../shared/upstream/adapters/node-http.ts';

/** Starts an upstream that reads nothing of a body until so much time is over on the simulated clock of intervals. */
const startSlow = async (millis: number): Promise<string> => {
  const server = http.createServer(async (request, response) => {
    vi.advanceTimersByTime(millis);
    // The other side may give up meanwhile.
    await buffer(request).catch(() => undefined);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const sendTo = (origin: string) => {
  const transport = createNodeHttpTransport({ idleMillis: 60_000 });
  onTestFinished(() => transport.close());
  const limits = { firstByteMillis: 10_000, answerByMillis: Date.now() + 600_000 };
  // Above what the buffers of a connection take.
  const body = Buffer.alloc(16_777_216);
  return transport.send({ origin, method: 'POST', target: '/x', headers: [], body, ...limits });
};

it('has the time of a slow body for it, also where the stage waits less for a first byte', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const answer = await sendTo(await startSlow(50_000));
  expect(answer.status).toBe(200);
  await buffer(answer.body);
  await expect(sendTo(await startSlow(120_000))).rejects.toMatchObject({
    code: 'UPSTREAM_LATE',
    facts: { detail: expect.stringContaining('took nothing of the body for 60 s') },
  });
});
