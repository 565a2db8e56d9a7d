/** A small tenant for mixes: 5,000 experiments with versions, a latency like that of the real thing, and a list of changes. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { signalsBasePath } from '../../shared/config/names.ts';
import type { Exchange, NativeAnswer } from '../../shared/native/exchange.ts';
import { createNodeHttpTransport } from '../../shared/upstream/adapters/node-http.ts';

/** Paths are `/api/rest/v1.0/entities/experiment:<n>[/properties]` and the list of changes. */
export const startTenant = async (options: { readonly entities: number; readonly latencyMillis: number }) => {
  const versions = Array.from({ length: options.entities }, () => [{ number: 1, sinceMillis: 0 }]);
  const latest = (index: number): number => versions[index]?.at(-1)?.number ?? 0;
  const edit = (index: number): number => {
    versions[index]?.push({ number: latest(index) + 1, sinceMillis: Date.now() });
    return latest(index);
  };
  let calls = 0;
  const changedSince = (millis: number) =>
    versions.flatMap((history, index) =>
      (history.at(-1)?.sinceMillis ?? 0) >= millis ? [{ id: `experiment:${index}` }] : [],
    );
  const padding = 'x'.repeat(4_000);
  const server = http.createServer(async (request, response) => {
    calls += 1;
    await buffer(request);
    await sleep(options.latencyMillis * (0.75 + Math.random() / 2));
    const url = new URL(request.url ?? '/', 'http://tenant');
    const index = Number(/experiment(?::|%3A)(\d+)/.exec(url.pathname)?.[1] ?? -1);
    const version = request.method === 'GET' ? latest(index) : edit(index);
    const offset = Number(url.searchParams.get('page[offset]') ?? 0);
    const listed = changedSince(Date.parse(url.searchParams.get('start') ?? '')).slice(offset, offset + 100);
    const data =
      index >= 0
        ? { id: `experiment:${index}`, attributes: { version, padding } }
        : url.searchParams.get('includeOptions')?.includes('trashed')
          ? []
          : listed;
    response.writeHead(200, { 'content-type': 'application/vnd.api+json' }).end(JSON.stringify({ data }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const transport = createNodeHttpTransport();
  const send = async (
    method: string,
    target: string,
    body?: Uint8Array,
  ): Promise<NativeAnswer & { body: Uint8Array }> => {
    const answerByMillis = Date.now() + 30_000;
    const answer = await transport.send({
      origin: url,
      method,
      target,
      headers: [],
      body,
      firstByteMillis: 30_000,
      answerByMillis,
    });
    return { status: answer.status, headers: answer.headers, body: await buffer(answer.body) };
  };
  return {
    url,
    calls: () => calls,
    latest,
    edit,
    /** The version that was current then. */
    at: (index: number, millis: number): number =>
      versions[index]?.findLast(({ sinceMillis }) => sinceMillis <= millis)?.number ?? 0,
    /** When a version was replaced; undefined while it is current. */
    replacedAt: (index: number, number: number): number | undefined =>
      versions[index]?.find((one) => one.number === number + 1)?.sinceMillis,
    forward: ({ request, target }: Exchange) => send(request.method, target, request.body as Uint8Array | undefined),
    ask: (pathAndQuery: string) => send('GET', signalsBasePath + pathAndQuery),
    close: async (): Promise<void> => {
      transport.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
export type BenchTenant = Awaited<ReturnType<typeof startTenant>>;
