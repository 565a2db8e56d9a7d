/** The Signals Notebook tenant that runs on this machine: HTTP in front, memory behind. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createAdjustableClock, systemClock } from './clock.ts';
import { answerControl, type ControlState } from './control/control.ts';
import { createPusher } from './control/push.ts';
import { loadDemoTenant } from './demo/demo-tenant.ts';
import { badRequest, errorDocument, notFound, SignalsError } from './errors.ts';
import { type Arrival, createArrivalLog } from './http/arrivals.ts';
import { answerFault, createFaults, spoilBody } from './http/faults.ts';
import { basePath, createCredentials, createNativeSurface, toSignalsError } from './http/native.ts';
import { createRateLimit } from './http/rate-limit.ts';
import { errorReply, sendReply } from './http/send.ts';
import { createOAuthPages } from './oauth.ts';
import { defaultKeys, defaultSwitches, type SimulatorOptions } from './options.ts';
import { createRandom } from './random.ts';
import { createTenant, type Tenant } from './tenant/tenant.ts';
import { routes } from './topics/routes.ts';

export interface Simulator {
  /** Origin, such as `http://127.0.0.1:4010`; the API is under `/api/rest/v1.0`. */
  readonly url: string;
  /** Every request to the native surface since the start or the last reset. */
  readonly arrivals: readonly Arrival[];
  /** The tenant itself, for tests that look behind the documents. */
  readonly tenant: Tenant;
  close(): Promise<void>;
}

const listen = (server: Server, port: number, host: string) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

const urlOf = (server: Server, host: string) => `http://${host}:${(server.address() as AddressInfo).port}`;

/** What node refuses before a request exists (bad lines, huge headers) still gets a document. */
const refuseSocket = (error: NodeJS.ErrnoException, socket: Socket) => {
  if (!socket.writable) return socket.destroy();
  const isLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const refusal = isLarge
    ? new SignalsError(431, 'RequestHeaderFieldsTooLarge', 'Headers are too large.', 'The headers are too large.')
    : badRequest('The request is not HTTP.');
  const body = JSON.stringify(errorDocument(refusal));
  const reason = isLarge ? 'Request Header Fields Too Large' : 'Bad Request';
  return socket.end(
    `HTTP/1.1 ${refusal.status} ${reason}\r\ncontent-type: application/vnd.api+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
};

/** Starts a simulator with the demo tenant. Rejects when the port is taken. */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const host = options.host ?? '127.0.0.1';
  const clock = createAdjustableClock(options.clock ?? systemClock);
  const switches = { ...defaultSwitches, ...options.switches };
  const arrivals = createArrivalLog();
  const rateLimit = createRateLimit(clock, options.requestsPerMinute ?? 1000);
  const native = createNativeSurface(routes, rateLimit, createCredentials());
  const faults = createFaults(createRandom(0xfa17));
  const pusher = createPusher(() => `${urlOf(server, host)}${basePath}`);
  const oauth = createOAuthPages(clock);
  const build = (seed: number): Tenant => {
    const tenant = createTenant({
      clock,
      random: createRandom(seed),
      switches,
      keys: options.keys ?? defaultKeys,
      behaviour: options.behaviour ?? {},
    });
    loadDemoTenant(tenant, { origin: urlOf(server, host), extraEntities: options.extraEntities ?? 0 });
    tenant.notifications.onEmit((notification) => {
      pusher.push(tenant, notification).catch(() => undefined);
    });
    return tenant;
  };
  let seed = options.seed ?? 1;
  let tenant: Tenant;
  const control: ControlState = {
    clock,
    arrivals,
    rateLimit,
    faults,
    pusher,
    tenant: () => tenant,
    reset(nextSeed) {
      seed = nextSeed ?? seed;
      tenant = build(seed);
      arrivals.clear();
      rateLimit.reset();
      faults.clear();
      pusher.clear();
    },
  };
  const send = { gzip: options.gzip ?? true };

  const serveNative = async (request: IncomingMessage, response: ServerResponse, url: string) => {
    const target = native.locate(request.method ?? 'GET', url);
    arrivals.record({
      method: request.method ?? 'GET',
      path: url,
      key: String(request.headers['x-api-key'] ?? request.headers.authorization ?? ''),
      atMillis: clock.nowMillis(),
      operation: target.operation,
    });
    if (options.latencyMillis !== undefined && options.latencyMillis > 0) await wait(options.latencyMillis);
    const fault = faults.pick(target.operation);
    if (fault !== undefined && (await answerFault(request, response, fault))) return;
    if (fault !== undefined) spoilBody(request, response, fault);
    const reply = await native
      .answer(request, target, tenant)
      .catch((cause: unknown) => errorReply(toSignalsError(cause), switches.wrappedUnauthorized));
    await sendReply(request, response, reply, send);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const url = request.url ?? '/';
    if (url.startsWith(`${basePath}/`) || url === basePath || url.startsWith(`${basePath}?`))
      return await serveNative(request, response, url);
    if (url.startsWith('/_control/'))
      return await sendReply(request, response, await answerControl(request, control), send);
    if (url.startsWith('/auth/')) return await sendReply(request, response, await oauth.answer(request, tenant), send);
    return await sendReply(request, response, errorReply(notFound(`Nothing is found at ${url}.`), true), send);
  };

  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    serve(request, response)
      .catch((cause: unknown) => {
        if (response.headersSent) response.destroy();
        else return sendReply(request, response, errorReply(toSignalsError(cause), true), send);
        return undefined;
      })
      .finally(() => request.resume());
  });
  server.keepAliveTimeout = 65_000;
  server.on('clientError', refuseSocket);
  await listen(server, options.port ?? 0, host);
  tenant = build(seed);

  return {
    url: urlOf(server, host),
    get arrivals() {
      return arrivals.list();
    },
    get tenant() {
      return tenant;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
