/** Where each request goes: the native surface, the control surface, the login pages, the index, or nowhere. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { ControlState } from '../control/act.ts';
import { answerControl } from '../control/control.ts';
import { badRequest, errorDocument, notFound, SignalsError } from '../errors.ts';
import type { OAuthPages } from '../oauth.ts';
import { scimErrorReply } from '../scim/routes.ts';
import { answerFault, spoilBody } from './faults.ts';
import { answerIndex } from './index-page.ts';
import { basePath, type NativeSurface, type Target, toSignalsError } from './native.ts';
import { errorReply, sendReply } from './send.ts';

export interface FrontParts {
  readonly native: NativeSurface;
  readonly control: ControlState;
  readonly oauth: OAuthPages;
  readonly gzip: boolean;
  readonly latencyMillis: number;
  readonly isWrapped: () => boolean;
}

const isNative = (url: string) => url.startsWith(`${basePath}/`) || url === basePath || url.startsWith(`${basePath}?`);

/** Requests that Node refuses itself (bad lines, huge headers) get an error document too. */
export const refuseSocket = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const isLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const refusal = isLarge
    ? new SignalsError(431, 'RequestHeaderFieldsTooLarge', 'Headers are too large.', 'The headers are too large.')
    : badRequest('The request is not HTTP.');
  const body = JSON.stringify(errorDocument(refusal));
  const reason = isLarge ? 'Request Header Fields Too Large' : 'Bad Request';
  socket.end(
    `HTTP/1.1 ${refusal.status} ${reason}\r\ncontent-type: application/vnd.api+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
};

export const createFront = ({
  native,
  control,
  oauth,
  gzip,
  latencyMillis,
  isWrapped,
}: FrontParts): RequestListener => {
  const send = { gzip };

  const recordArrival = (request: IncomingMessage, url: string, { operation }: Target) =>
    control.arrivals.record({
      method: request.method ?? 'GET',
      path: url,
      key: String(request.headers['x-api-key'] ?? request.headers.authorization ?? ''),
      atMillis: control.clock.nowMillis(),
      operation,
    });

  const refusal = (path: string, cause: unknown) => {
    const error = toSignalsError(cause);
    return path.startsWith('/scim/') ? scimErrorReply(error) : errorReply(error, isWrapped());
  };

  const serveNative = async (request: IncomingMessage, response: ServerResponse, url: string) => {
    const target = native.locate(request.method ?? 'GET', url);
    recordArrival(request, url, target);
    if (latencyMillis > 0) await wait(latencyMillis);
    const fault = control.faults.pick(target.operation);
    if (fault !== undefined && (await answerFault(request, response, fault))) return;
    if (fault !== undefined) spoilBody(request, response, fault);
    const reply = await native
      .answer(request, target, control.tenant())
      .catch((cause: unknown) => refusal(target.path, cause));
    await sendReply(request, response, reply, send);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = request.url ?? '/';
    if (isNative(url)) return serveNative(request, response, url);
    if (url.startsWith('/_control/')) return sendReply(request, response, await answerControl(request, control), send);
    if (url.startsWith('/auth/'))
      return sendReply(request, response, await oauth.answer(request, control.tenant()), send);
    const origin = `http://${request.headers.host ?? 'localhost'}`;
    const reply = answerIndex(request.method ?? 'GET', url.split('?')[0] ?? url, origin, control.tenant);
    return sendReply(request, response, reply ?? errorReply(notFound(`Nothing is found at ${url}.`), true), send);
  };

  return (request, response) => {
    serve(request, response)
      .catch((cause: unknown) => {
        if (!response.headersSent) return sendReply(request, response, errorReply(toSignalsError(cause), true), send);
        response.destroy();
        return undefined;
      })
      .finally(() => request.resume());
  };
};
