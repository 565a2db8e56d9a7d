import { setImmediate } from 'node:timers/promises';

/**
 * Lets work in this process go on until it waits for a timer, a socket or the test: 100 turns of the event loop. For assertions that
 * something has *not* happened yet; what must happen is waited for with `expect.poll`.
 */
export const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 100; turn += 1) await setImmediate();
};
