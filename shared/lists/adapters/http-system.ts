/**
 * SystemOfRecord over node:https. request-filtering-agent checks each address before it is connected to: the one that DNS names, and a host that
 * is one. It knows no allow-list that leaves public addresses out for a name with several, so the look-up checks all of them by the networks.
 */
import { lookup as dnsLookup } from 'node:dns';
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { AppError } from '../../errors/app-error.ts';
import { readUpTo } from '../../streams/read-up-to.ts';
import { allowsHost, toAddressLists } from '../networks.ts';
import { unreadable } from '../serving.ts';
import type { RecordAnswer, RecordCall, SystemOfRecord } from '../system-of-record.ts';
import { isSafeScheme } from '../url-template.ts';

export type HttpSystemSettings = {
  readonly networks: readonly string[];
  /** In the twin, plain HTTP to this machine is allowed. */
  readonly isLocal: boolean;
  /** In place of the resolver of the system, for tests. */
  readonly lookup?: LookupFunction;
};

const outside = 'The host has an address that is in none of the networks of this stage.';

const mostRedirects = 3;
const redirects: readonly number[] = [301, 302, 303, 307, 308];

const refused = (detail: string, cause?: unknown): AppError =>
  new AppError('ADDRESS_REFUSED', { detail, sent: false, ...(cause === undefined ? {} : { cause }) });

/** What the library says, in any of its texts. */
const isRefusal = ({ message }: Error): boolean => message.includes('is not allowed. Because');

const failureOf = (error: NodeJS.ErrnoException, isLate: boolean, isConnected: boolean): AppError => {
  if (error instanceof AppError) return error;
  if (isRefusal(error)) return refused(outside, error);
  const sent = isConnected ? {} : { sent: false };
  if (isLate)
    return new AppError('SOURCE_LATE', {
      detail: 'The system of record did not answer in time.',
      cause: error,
      ...sent,
    });
  // The error of the parser holds bytes of the answer.
  if (error.code?.startsWith('HPE_')) return unreadable('The system of record did not answer in HTTP.');
  const detail = isConnected
    ? 'The connection to the system of record broke.'
    : 'No connection to the system of record could be made. Nothing was sent.';
  return new AppError('SOURCE_FAILED', { detail, cause: error, ...sent });
};

/** No coding was asked for. Coded bytes are not decoded, so that a few of them cannot become many. */
const isCoded = ({ headers }: IncomingMessage): boolean =>
  !['', 'identity'].includes((headers['content-encoding'] ?? '').trim().toLowerCase()) ||
  !['', 'chunked'].includes((headers['transfer-encoding'] ?? '').trim().toLowerCase());

const readAnswer = async (incoming: IncomingMessage, mostBytes: number): Promise<RecordAnswer> => {
  if (isCoded(incoming)) {
    incoming.destroy();
    throw unreadable('The system of record answered in a coding that was not asked for.');
  }
  const body = await readUpTo(incoming, mostBytes);
  if (body) return { status: incoming.statusCode ?? 0, body };
  incoming.destroy();
  throw unreadable(`The answer of the system of record has more than ${mostBytes} bytes.`);
};

/** @throws AppError SOURCE_FAILED. */
const nextUrl = (location: string, from: URL): URL => {
  const url = URL.parse(location, from.href);
  if (url) return url;
  throw new AppError('SOURCE_FAILED', { detail: 'The system of record redirects to no address.' });
};

/** @throws AppError ADDRESS_REFUSED. */
const checkUrl = (url: URL, isLocal: boolean): void => {
  const { username, password, hostname } = url;
  const isPlain = `${username}${password}` === '' && !hostname.startsWith('[');
  if (!isPlain || !isSafeScheme(url, isLocal)) throw refused('This form of an address is not allowed.');
};

/** Looks a host up once. Each of its addresses must be allowed, and the first one is connected to. */
const checkedLookup =
  (networks: readonly string[], lookup: LookupFunction): LookupFunction =>
  (host, options, done) =>
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 4);
      const addresses = Array.isArray(found) ? found : [];
      const [first] = addresses;
      if (!first || !addresses.every(({ address, family }) => family === 4 && allowsHost(networks, address)))
        return done(refused(outside), '', 4);
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });

const headersOf = ({ header, body }: Pick<RecordCall, 'header' | 'body'>) => ({
  accept: 'application/json',
  'accept-encoding': 'identity',
  'user-agent': 'signals-facade',
  ...(body ? { 'content-type': 'application/json', 'content-length': body.byteLength } : {}),
  ...(header ? { [header.name]: header.value } : {}),
});

export const createHttpSystem = ({ networks, isLocal, lookup = dnsLookup }: HttpSystemSettings): SystemOfRecord => {
  const { allow, deny } = toAddressLists(networks);
  const options = { keepAlive: false, allowIPAddressList: allow, denyIPAddressList: deny };
  const agents = { 'http:': new RequestFilteringHttpAgent(options), 'https:': new RequestFilteringHttpsAgent(options) };

  const open = (url: URL, call: RecordCall, signal: AbortSignal): ClientRequest => {
    const isPlain = url.protocol === 'http:';
    return (isPlain ? http : https).request(url, {
      ...{ agent: agents[isPlain ? 'http:' : 'https:'], method: call.method, headers: headersOf(call), signal },
      // Lambda reaches IPv4 only by default, and of IPv6 no network is ever allowed.
      family: 4,
      lookup: checkedLookup(networks, lookup),
    });
  };

  /** One hop. */
  const send = (url: URL, call: RecordCall, signal: AbortSignal): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const outgoing = open(url, call, signal);
      let isConnected = false;
      outgoing.once('socket', (socket) =>
        socket.once(url.protocol === 'http:' ? 'connect' : 'secureConnect', () => {
          isConnected = true;
        }),
      );
      outgoing.on('error', (error) => reject(failureOf(error, signal.aborted, isConnected)));
      outgoing.once('response', resolve);
      // Also after `101 Switching Protocols`, for which there is no response.
      outgoing.once('close', () => reject(failureOf(new Error('closed'), signal.aborted, isConnected)));
      outgoing.end(call.body);
    });

  const follow = async (call: RecordCall, signal: AbortSignal): Promise<RecordAnswer> => {
    let url = new URL(call.url);
    let { header } = call;
    for (let hop = 0; hop <= mostRedirects; hop += 1) {
      checkUrl(url, isLocal);
      const incoming = await send(url, { ...call, header }, signal);
      const { location } = incoming.headers;
      const leads = call.method === 'GET' && redirects.includes(incoming.statusCode ?? 0);
      if (!leads || location === undefined) return await readAnswer(incoming, call.mostBytes);
      incoming.destroy();
      const next = nextUrl(location, url);
      // Once dropped it stays away.
      if (next.origin !== url.origin) header = undefined;
      url = next;
    }
    throw new AppError('SOURCE_FAILED', { detail: `The system of record redirects more than ${mostRedirects} times.` });
  };

  return {
    async call(call) {
      const signal = AbortSignal.timeout(call.mostMillis);
      try {
        return await follow(call, signal);
      } catch (error) {
        throw failureOf(error as NodeJS.ErrnoException, signal.aborted, true);
      }
    },
  };
};
