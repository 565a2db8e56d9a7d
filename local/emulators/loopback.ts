/** What every emulator does alike: listen on 127.0.0.1 only, close once and completely, keep state in a folder. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A running emulator. `close` may be called any number of times; each call ends when everything is released. */
export type Emulator = { readonly url: string; close(): Promise<void> };

const loopbackAddress = '127.0.0.1';

/** Listens on 127.0.0.1 and gives the base URL. Port 0 takes any free one. @throws Error EADDRINUSE when the port is taken. */
export const listenOnLoopback = (server: Server, port = 0): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopbackAddress, () => {
      server.off('error', reject);
      resolve(`http://${loopbackAddress}:${(server.address() as AddressInfo).port}`);
    });
  });

/** Stops listening and cuts the connections that are still open, kept-alive ones included. */
export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });

/** Makes a close function idempotent: later calls wait for the first one. */
export const once = (close: () => Promise<void>): (() => Promise<void>) => {
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= close();
    return closing;
  };
};

/** A port that was free a moment ago, for programs that cannot report the one they took. */
export const findFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, loopbackAddress, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

/** The folder of an emulator: the given one, which stays, or a temporary one, which `discard` removes. */
export const openFolder = async (stateDir: string | undefined): Promise<{ path: string; discard(): Promise<void> }> => {
  if (stateDir !== undefined) {
    mkdirSync(stateDir, { recursive: true });
    return { path: stateDir, discard: async () => {} };
  }
  const path = await mkdtemp(join(tmpdir(), 'signals-facade-'));
  return { path, discard: () => rm(path, { recursive: true, force: true }) };
};

/** Replaces a file in one step: a reader, or a process started after a crash, sees the old text or the new one. */
export const replaceFile = (path: string, text: string, mode = 0o644): void => {
  const temporary = `${path}.${process.pid}.new`;
  writeFileSync(temporary, text, { mode });
  renameSync(temporary, path);
};
