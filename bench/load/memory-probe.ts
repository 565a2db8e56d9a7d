/**
 * Loaded by each function process of the load bench (NODE_OPTIONS): on SIGUSR2 it collects garbage and prints what is left, so that a
 * series shows what is kept and not when V8 last collected.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes outside of V8's heap, such as those of buffers, belong to what is kept. */
export const measure = () => {
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { keptBytes: heapUsed + external, rssBytes: rss, handles: process.getActiveResourcesInfo().length };
};

process.on('SIGUSR2', () => {
  process.stdout.write(`${JSON.stringify({ memoryOf: process.pid, ...measure() })}\n`);
});
