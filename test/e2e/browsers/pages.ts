/** Pages of other origins than the facade's: one that the stack of `pagesAssemblyDir` lists, and one that it does not. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { inject } from 'vitest';

export type Pages = {
  readonly listed: string;
  /** Another origin with the same empty page. */
  readonly unlisted: string;
  close(): void;
};

export const servePages = async (): Promise<Pages> => {
  const port = inject('pagesPort');
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>A page</title>');
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    listed: `http://127.0.0.1:${port}`,
    unlisted: `http://localhost:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
