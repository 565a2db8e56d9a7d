/** Facts about a request before it is routed: ids, raw path and query, sizes. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { newTraceHeader } from '../lambda/trace-header.ts';
import type { RequestFacts } from './proxy-event.ts';

/** Bytes of the request target and all headers, as API Gateway counts them. */
export const headerBytes = (request: IncomingMessage): number =>
  request.rawHeaders.reduce((sum, text) => sum + text.length + 2, (request.url ?? '').length);

/** Path and query as sent; undefined for a target that is no path, or holds bytes that should have been encoded. */
export const splitTarget = (target: string): { rawPath: string; rawQuery: string } | undefined => {
  const origin = /^https?:\/\/[^/?#]*/i.exec(target)?.[0] ?? '';
  const local = target.slice(origin.length) || '/';
  const question = local.indexOf('?');
  const [rawPath, rawQuery] = question < 0 ? [local, ''] : [local.slice(0, question), local.slice(question + 1)];
  const isReadable = (rawPath.startsWith('/') || rawPath === '*') && /^[\x21-\x7e]*$/.test(local);
  return isReadable ? { rawPath, rawQuery } : undefined;
};

/** Fresh ids for a request; path and query are put in once the target has been read. */
export const createFacts = (request: IncomingMessage, nowMillis: number): RequestFacts => {
  return {
    requestId: randomUUID(),
    extendedRequestId: randomBytes(11).toString('base64url'),
    traceId: newTraceHeader(nowMillis),
    receivedMillis: nowMillis,
    rawPath: '',
    rawQuery: '',
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    port: request.socket.localPort ?? 0,
  };
};
