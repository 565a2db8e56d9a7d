/** The thread of the loopback upstream: answers the read cases from memory and counts requests in shared memory. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { type ReadCase, readCases } from './documents.ts';

const counter = workerData as Int32Array;
const byTarget = new Map<string, ReadCase>();

const server = http.createServer((request, response) => {
  Atomics.add(counter, 0, 1);
  const found = byTarget.get(request.url ?? '');
  if (!found) return void response.writeHead(500).end();
  const { status, headers, body } = found;
  response.writeHead(status, { ...Object.fromEntries(headers), 'content-length': body.byteLength }).end(body);
});

server.listen(0, '127.0.0.1', () => {
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const one of readCases(origin)) byTarget.set(signalsBasePath + one.path, one);
  parentPort?.postMessage(origin);
});
