import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findFreePort } from '../../../local/emulators/loopback.ts';
import { isFull } from '../../support/test-size.ts';

const main = fileURLToPath(new URL('../../../local/start.ts', import.meta.url));
const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'twin-test-'));

type Child = ChildProcessByStdio<null, Readable, Readable>;
const start = (environment: Record<string, string>, stateDir: string): Child => {
  const child = spawn(process.execPath, [main, '--state', stateDir], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
};

const untilReady = async (child: Child): Promise<string> => {
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += chunk;
    if (printed.endsWith('\nready\n')) return printed;
  }
  throw new Error(`It ended before it was ready: ${printed}${await text(child.stderr)}`);
};

const startTenant = async (): Promise<string> => {
  const tenant = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/vnd.api+json');
    response.end(JSON.stringify({ data: [], meta: { hasKey: request.headers['x-api-key'] === 'tenant-key' } }));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void tenant.close());
  await once(tenant, 'listening');
  return `http://127.0.0.1:${(tenant.address() as AddressInfo).port}`;
};

describe('npm start', () => {
  // Two starts take half a minute; test/e2e/start.test.ts starts it once at every size.
  it.runIf(isFull)('serves a tenant once it says ready, and ends with status 0 when it is told to, twice', async () => {
    const environment = {
      PORT: String(await findFreePort()),
      SQS_PORT: String(await findFreePort()),
      S3_PORT: String(await findFreePort()),
      ISSUER_PORT: String(await findFreePort()),
      SIGNALS_URL: await startTenant(),
      SIGNALS_API_KEY: 'tenant-key',
    };
    const child = start(environment, await folder());

    const printed = await untilReady(child);
    const url = `http://127.0.0.1:${environment.PORT}/api/rest/v1.0/entities`;
    const response = await fetch(url, { headers: { 'x-api-key': 'demo-reader' } });
    const body = (await response.json()) as { meta: { hasKey: boolean } };
    child.kill('SIGINT');
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');

    expect(response.status).toBe(200);
    // Not the key itself: the facade withholds an answer that shows it.
    expect(body.meta.hasKey).toBe(true);
    expect(printed).not.toContain('tenant-key');
    expect(code).toBe(0);
  });

  it('says in one line that a port is busy, and ends with status 1', async () => {
    const busy = createTcpServer().listen(0, '127.0.0.1');
    onTestFinished(() => void busy.close());
    await once(busy, 'listening');
    const { port } = busy.address() as AddressInfo;

    const child = start({ PORT: String(port) }, await folder());
    const [[code], errors] = await Promise.all([once(child, 'exit'), text(child.stderr)]);

    expect(code).toBe(1);
    expect(errors).toMatch(new RegExp(`^Port ${port} is in use\\. Fix: [^\\n]*\\n$`));
  });
});
