/** One instance of a function: what runs in it has its clock, and stands still while it is frozen. */
import { AsyncLocalStorage } from 'node:async_hooks';
import diagnostics from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

export type Instance = {
  readonly functionName: string;
  readonly number: number;
  /** How far its clock is ahead. */
  skewMillis: number;
  /** When it runs again, in milliseconds of the run; in the past while it runs, infinite once it is dead. */
  thawMillis(): number;
  /** Nothing in it goes on before then: no timer, and no answer that it waits for. */
  freeze(untilMillis: number): void;
  /** Resolves when it runs. */
  running(): Promise<void>;
};

const context = new AsyncLocalStorage<Instance>();

/** The instance whose code is running; undefined in the rest of the twin. */
export const currentInstance = (): Instance | undefined => context.getStore();

export const createInstance = (functionName: string, number: number): Instance => {
  let thawMillis = Number.NEGATIVE_INFINITY;
  const instance: Instance = {
    ...{ functionName, number, skewMillis: 0 },
    thawMillis: () => thawMillis,
    freeze(untilMillis) {
      thawMillis = Math.max(thawMillis, untilMillis);
    },
    async running() {
      if (thawMillis === Number.POSITIVE_INFINITY) return new Promise(() => {});
      while (thawMillis > performance.now())
        await new Promise((resolve) => setTimeout(resolve, thawMillis - performance.now()));
    },
  };
  return instance;
};

/** Runs `work` as code of this instance. */
export const runIn = <Value>(instance: Instance, work: () => Value): Value => context.run(instance, work);

/** Each instance has connections of its own, so a connection tells which one calls. */
const owners = new Map<number, Instance>();

diagnostics.subscribe('net.client.socket', (message) => {
  const { socket } = message as { socket: Socket };
  const instance = currentInstance();
  if (!instance) return;
  socket.once('connect', () => {
    const port = socket.localPort ?? 0;
    owners.set(port, instance);
    socket.once('close', () => owners.get(port) === instance && owners.delete(port));
  });
});

/** @param port of the client's end of a connection. */
export const instanceAt = (port: number | undefined): Instance | undefined => owners.get(port ?? 0);
