/** A proxy in front of an embedded SQS. It delays messages to some queues. */
import http, { Agent } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** @param target the address of SQS, known later than this one's. @param delayOf how long a request with this body waits. */
export const startSlowSqs = async (target: () => string, delayOf: (body: string) => number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const server = http.createServer(async (request, response) => {
    const body = await buffer(request);
    const millis = delayOf(body.toString('latin1'));
    if (millis > 0) await sleep(millis);
    const { method, headers } = request;
    const sent = http.request(target() + (request.url ?? '/'), { agent, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    sent.once('error', () => response.destroy());
    sent.end(body);
  });
  // A killed process has closed its connections.
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async (): Promise<void> => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
