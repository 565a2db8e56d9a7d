/** Calls of an application, as long as a fault of the tenant lasts: without a call nothing fails. */
import { setTimeout as sleep } from 'node:timers/promises';

const everyMillis = 500;
/** So that calls that wait do not pile up. */
const mostAtOnce = 4;

export type Calls = { start(): void; stop(): Promise<void> };

/** @param call rejects when it was aborted; its answer does not matter. */
export const createCalls = (call: (signal: AbortSignal) => Promise<unknown>): Calls => {
  let running: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;

  const run = async (signal: AbortSignal): Promise<void> => {
    const open = new Set<Promise<unknown>>();
    while (!signal.aborted) {
      if (open.size < mostAtOnce) {
        const one = call(signal).catch(() => {});
        open.add(one);
        void one.then(() => open.delete(one));
      }
      await sleep(everyMillis, undefined, { signal, ref: false }).catch(() => {});
    }
    await Promise.all(open);
  };

  return {
    start() {
      if (running) return;
      const abort = new AbortController();
      running = { abort, done: run(abort.signal) };
    },
    async stop() {
      const stopped = running;
      running = undefined;
      stopped?.abort.abort();
      await stopped?.done;
    },
  };
};
