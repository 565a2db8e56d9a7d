/** Stands in front of an emulator, or of the tenant, and does to its traffic what the schedule of faults says. */
import http, { Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Instance, instanceAt } from './instance.ts';

type Passing = {
  readonly method: string;
  readonly path: string;
  /** Operation of an AWS service, such as `PutItem`; empty at the tenant. */
  readonly action: string;
  readonly body: string;
  /** The instance of a function that calls; undefined for everybody else. */
  readonly instance: Instance | undefined;
};

type Answer = { readonly status: number; readonly body: string };

/** What becomes of a request. Without members it passes. */
type Fate = {
  /** Before the request goes on, above the usual latency. */
  readonly delayMillis?: number;
  /** In place of what stands behind. */
  readonly answer?: Answer;
  /** It arrives, and its answer does not: the connection breaks. */
  readonly losesAnswer?: boolean;
  /** It never arrives, and nothing is answered. */
  readonly hangs?: boolean;
  /** Called when it was carried out, before its answer leaves. */
  readonly carriedOut?: () => void;
};
export type Rule = (passing: Passing) => Fate;

const passes: Rule = () => ({});

const answerOf = async (
  url: string,
  agent: Agent,
  { method, headers, url: path = '/' }: IncomingMessage,
  body: Buffer,
  caller: ServerResponse,
) => {
  const answered = Promise.withResolvers<IncomingMessage>();
  const sent = http.request(url + path, { agent, method, headers }, answered.resolve);
  sent.once('error', answered.reject);
  // A poll that its caller has given up must not take a message.
  caller.once('close', () => caller.writableFinished || sent.destroy());
  sent.end(body);
  const incoming = await answered.promise;
  return { incoming, bytes: await buffer(incoming) };
};

/** Node writes the Date of an answer by the real clock. The governor of the quota goes by that of its store. */
const virtuallyDated = (rawHeaders: readonly string[]): string[] =>
  rawHeaders.map((value, index) =>
    index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'date' ? new Date().toUTCString() : value,
  );

export type Behind = {
  readonly url: string;
  /** What each request takes without a fault. */
  readonly latencyMillis: number;
  /** It answers each request at once, by the virtual clock: time stands still until then, however busy the machine is. */
  readonly answersAtOnce: boolean;
};

export const startFaultProxy = async ({ url, latencyMillis, answersAtOnce }: Behind) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  let rule = passes;
  const inNoTime = <Value>(work: Promise<Value>, what: string): Promise<Value> =>
    answersAtOnce && globalThis.virtualClock ? globalThis.virtualClock.hold(work, what) : work;

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const { method = '', url: path = '/', headers, socket } = request;
    const instance = instanceAt(socket.remotePort);
    const action = String(headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const fate = rule({ method, path, action, body: body.toString('latin1'), instance });
    await sleep(latencyMillis + (fate.delayMillis ?? 0));
    if (fate.hangs || response.destroyed) return;
    const { answer } = fate;
    if (answer) {
      await instance?.running();
      const headers = { 'content-type': 'application/x-amz-json-1.0', date: new Date().toUTCString() };
      response.writeHead(answer.status, headers).end(answer.body);
      return;
    }
    const { incoming, bytes } = await inNoTime(
      answerOf(url, agent, request, body, response),
      `The answer of ${url} to ${action || method}`,
    );
    const answered = virtuallyDated(incoming.rawHeaders);
    fate.carriedOut?.();
    if (fate.losesAnswer) return void socket.destroy();
    await instance?.running();
    response.writeHead(incoming.statusCode ?? 500, answered).end(bytes);
  };

  const server = http.createServer((request, response) => {
    response.on('error', () => {});
    pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** From now on; left out: everything passes. */
    follow: (next: Rule = passes): void => {
      rule = next;
    },
    close: async (): Promise<void> => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
