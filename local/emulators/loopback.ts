/** The common part of all emulators: listen on 127.0.0.1 only, close once and completely. */
import { randomInt } from 'node:crypto';
import type { Server } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';

/** A running emulator. `close` may be called any number of times; each call ends when everything is released. */
export type Emulator = { readonly url: string; close(): Promise<void> };

const loopbackAddress = '127.0.0.1';

/**
 * Serves on 127.0.0.1; port 0 takes any free one. `cleanUp` runs once, after the close or when the port cannot be had.
 * @throws Error EADDRINUSE when the port is taken
 */
export const serveOnLoopback = async (
  server: Server,
  port: number | undefined,
  cleanUp: () => void | Promise<void>,
): Promise<Emulator> => {
  const url = await listen(server, port ?? 0).catch(async (error: unknown) => {
    await cleanUp();
    throw error;
  });
  const close = once(async () => {
    await closeServer(server);
    await cleanUp();
  });
  return { url, close };
};

const listen = (server: Server, port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopbackAddress, () => {
      server.off('error', reject);
      resolve(`http://${loopbackAddress}:${(server.address() as AddressInfo).port}`);
    });
  });

/** Stops listening and cuts the connections that are still open, kept-alive ones included. */
const closeServer = (server: Server): Promise<void> =>
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

/** Below the ports that systems assign themselves (from 32768 on Linux), so that no other process gets one of these by chance. */
const lowestPort = 15_000;
const portChoices = 15_000;
const mostTries = 50;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, loopbackAddress, () => probe.close(() => resolve(true)));
  });

/** A port that was free a moment ago, for programs that cannot report the one they took. */
export const findFreePort = async (): Promise<number> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const port = lowestPort + randomInt(portChoices);
    if (await isFree(port)) return port;
  }
  throw new Error('No free port was found on 127.0.0.1.');
};
