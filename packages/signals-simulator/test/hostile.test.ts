import { connect } from 'node:net';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sized, tenantSize } from '../../../test/support/test-size.ts';
import { type Simulator, startSimulator } from '../src/simulator.ts';
import { createTarget } from './conformance/target.ts';

/** Sends bytes as they are; resolves with what came back until the connection ended or the first answer was there. */
const sendRaw = (port: number, bytes: Buffer): Promise<string> =>
  new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(bytes);
      socket.end();
    });
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', () => resolve(text));
    socket.on('close', () => resolve(text));
  });

describe('hostile requests', () => {
  let simulator: Simulator;
  let port: number;
  beforeAll(async () => {
    simulator = await startSimulator({ requestsPerMinute: Number.POSITIVE_INFINITY, ...tenantSize });
    port = Number(new URL(simulator.url).port);
  });
  afterAll(() => simulator.close());

  const method = fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PURGE', 'get');
  const path = fc
    .tuple(
      fc.constantFrom('/api/rest/v1.0/entities/', '/api/rest/v1.0/', '/_control/', '/auth/oauth/', '//', '*', ''),
      fc.string({ unit: 'binary-ascii', maxLength: 40 }),
    )
    .map((parts) => parts.join('').replace(/[\s\0]/g, '%'));
  const header = fc.tuple(
    fc.constantFrom(
      'accept',
      'content-type',
      'content-length',
      'transfer-encoding',
      'host',
      'x-api-key',
      'accept-encoding',
      'expect',
    ),
    fc.string({ unit: 'binary-ascii', maxLength: 30 }).map((text) => text.replace(/[\r\n\0]/g, ' ')),
  );

  it('never kill it, and never get an answer 500', () =>
    fc.assert(
      fc.asyncProperty(
        method,
        path,
        fc.array(header, { maxLength: 5 }),
        fc.uint8Array({ maxLength: 60 }),
        async (verb, target, headers, body) => {
          const lines = [
            `${verb} ${target} HTTP/1.1`,
            'host: x',
            'x-api-key: demo-signals-key',
            'connection: close',
            ...headers.map(([name, value]) => `${name}: ${value}`),
          ];
          const answer = await sendRaw(
            port,
            Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]),
          );
          expect(answer.split('\r\n')[0]).not.toMatch(/ 500 /);
        },
      ),
      { numRuns: sized(4_000, 150) },
    ));

  it('leave it answering', async () => {
    expect((await createTarget(simulator.url, 'demo-signals-key').get('/version')).status).toBe(200);
  });
});
