// One cold start: imports a bundle in a process of its own and says how long that took. Plain JavaScript, so that no type
// stripping is measured. `node import-once.mjs <bundle>` prints one line of JSON.
import { pathToFileURL } from 'node:url';

globalThis.awslambda = {
  streamifyResponse: (handler) => handler,
  HttpResponseStream: { from: (stream) => stream },
};

const url = pathToFileURL(process.argv[2]).href;
const startMillis = performance.now();
await import(url);
const endMillis = performance.now();
// `performance.now()` counts from the start of the process.
const sample = { importMillis: endMillis - startMillis, readyMillis: endMillis, rssBytes: process.memoryUsage().rss };
process.stdout.write(JSON.stringify(sample));
