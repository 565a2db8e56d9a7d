/** Downloads through a twin by clients that do not read, and the open calls to the upstream. */
import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoIds } from '../../packages/signals-simulator/src/demo/ids.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import type { TestTwin } from './twin.ts';

const exportPath = `${signalsBasePath}/entities/${demoIds.file60MiB}/export`;

export type Download = {
  readonly status: number;
  /** Its first error; nothing of the body of a 200 is read. */
  readonly error: Readonly<Record<string, string>>;
  readonly retryAfter: string | undefined;
  readonly incoming: IncomingMessage;
};

type Answer = Omit<Download, 'error'> & { readonly error: Download['error'] };

const ask = async (twin: TestTwin, key: string): Promise<Answer> => {
  const outgoing = http.get(twin.url + exportPath, { agent: false, headers: { 'x-api-key': key } });
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  // A cut or the end of the twin.
  incoming.on('error', () => {});
  const status = incoming.statusCode ?? 0;
  const { errors } = status === 200 ? { errors: [] } : ((await json(incoming)) as { errors: Download['error'][] });
  return { status, error: errors[0] ?? {}, retryAfter: incoming.headers['retry-after'], incoming };
};

/** What a busy machine may bring about: the budget or a store takes too long, which is no answer to the question. */
const isOfTheMachine = ({ status, error }: Answer): boolean => status >= 500 || error.code === 'TOO_MANY_REQUESTS';

/** Begins a download of 60 MiB and reads its head. */
export const download = async (twin: TestTwin, key: string): Promise<Download> => {
  for (;;) {
    const answer = await ask(twin, key);
    if (!isOfTheMachine(answer)) return answer;
    await sleep(100);
  }
};

/** The same, tried again while it is refused. */
export const downloadSomeTime = async (twin: TestTwin, key: string): Promise<Download> => {
  for (;;) {
    const answer = await download(twin, key);
    if (answer.status === 200) return answer;
    await sleep(100);
  }
};

/** Stands before the tenant; `open` counts the downloads that the facade takes from it at the moment. */
export const startWatchedTenant = async () => {
  let target = '';
  let open = 0;
  const server = http.createServer((request, response) => {
    const { method, url = '/', headers } = request;
    if (url.endsWith('/export')) {
      open += 1;
      response.once('close', () => {
        open -= 1;
      });
    }
    const sent = http.request(target + url, { agent: false, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    response.once('close', () => sent.destroy());
    sent.on('error', () => response.destroy());
    request.pipe(sent);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    open: (): number => open,
    /** Where requests go; known once the twin stands. */
    standBefore: (tenantUrl: string): void => {
      target = tenantUrl;
    },
    close: (): void => {
      server.close();
      server.closeAllConnections();
    },
  };
};
