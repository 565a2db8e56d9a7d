/** Pages of other origins than the facade's: one that a stage lists, one that it does not, and the stack of that stage. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../../infra/create-app.ts';

export type Pages = {
  readonly listed: string;
  /** Another origin with the same empty page. */
  readonly unlisted: string;
  /** The twin's stack with `corsOrigins`, made of the bundles of the global set-up. */
  readonly assemblyDir: string;
  close(): Promise<void>;
};

/** Listed beside the page's own, so that API Gateway's own answers name neither. */
export const secondOrigin = 'https://app.example.com';

export const servePages = async (): Promise<Pages> => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>A page</title>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const listed = `http://127.0.0.1:${port}`;
  const assemblyDir = await mkdtemp(join(tmpdir(), 'signals-facade-pages-'));
  const env = { FACADE_CORS_ORIGINS: `${listed},${secondOrigin}` };
  createApp({ stage: 'local', outdir: assemblyDir, checks: false, env }).app.synth();
  return {
    listed,
    unlisted: `http://localhost:${port}`,
    assemblyDir,
    close: async () => {
      server.close();
      await rm(assemblyDir, { recursive: true, force: true });
    },
  };
};
