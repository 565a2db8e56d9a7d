/** Two upstreams that answer the read cases at once: one without a network, one on loopback in a thread of its own. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { UpstreamTransport } from '../../shared/exchange/transport.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { type ReadCase, readCases } from './documents.ts';

export type BenchUpstream = {
  readonly origin: string;
  readonly cases: readonly ReadCase[];
  /** Requests so far. */
  readonly calls: () => number;
};

/** As a socket would deliver it. */
const chunkBytes = 65_536;

export const chunksOf = (body: Buffer): Buffer[] =>
  Array.from({ length: Math.ceil(body.byteLength / chunkBytes) }, (_, index) =>
    body.subarray(index * chunkBytes, (index + 1) * chunkBytes),
  );

/** A transport that has every answer at hand. */
export const createInstantTransport = (): BenchUpstream & UpstreamTransport => {
  const origin = 'https://snb.example.com';
  const cases = readCases(origin);
  const byTarget = new Map(cases.map((one) => [signalsBasePath + one.path, one]));
  let calls = 0;
  return {
    origin,
    cases,
    calls: () => calls,
    send: async ({ target }) => {
      calls += 1;
      const found = byTarget.get(target);
      if (!found) throw new Error(`No case has the target ${target}`);
      const { status, headers, body } = found;
      return {
        status,
        headers: [...headers, ['content-length', String(body.byteLength)]],
        body: Readable.from(chunksOf(body), { objectMode: false }),
      };
    },
  };
};

/** Starts the loopback upstream in a thread of its own, so that this event loop runs only the measured code. */
export const startLoopbackUpstream = async (): Promise<BenchUpstream & { close: () => Promise<void> }> => {
  const counter = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(new URL('./upstream-thread.ts', import.meta.url), { workerData: counter });
  const [origin] = (await once(worker, 'message')) as [string];
  return {
    origin,
    cases: readCases(origin),
    calls: () => Atomics.load(counter, 0),
    close: async () => void (await worker.terminate()),
  };
};
