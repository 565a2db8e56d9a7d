/** Where each request goes: the control surface, or the server's own. Counts what is under way, and lets faults happen. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { answerControl } from '../control/control.ts';
import type { ControlState } from '../control/state.ts';
import { answerFault } from './faults.ts';
import type { Reply } from './reply.ts';
import { sendReply } from './send.ts';
import { answerRequest, targetOf } from './surface.ts';

/** The client fetches it once before it logs in, and ignores the answer. */
const rootReply: Reply = { status: 200, headers: { 'content-type': 'text/plain' }, bytes: 'TissueMAPS simulator\n' };

const serveOwn = async (request: IncomingMessage, response: ServerResponse, state: ControlState, url: string) => {
  const target = targetOf(request.method ?? 'GET', url);
  const operation = target.place?.operation;
  state.arrivals.record({
    method: request.method ?? 'GET',
    path: url,
    authorization: request.headers.authorization ?? '',
    atMillis: state.clock.nowMillis(),
    operation: operation?.key,
  });
  response.once('close', state.inFlight.begin(operation));
  if (state.latencyMillis > 0) await wait(state.latencyMillis);
  const fault = state.faults.pick(operation?.key);
  if (fault !== undefined && (await answerFault(request, response, fault))) return;
  const reply = await answerRequest(request, target, state.world(), fault?.kind === 'workerDies');
  await sendReply(request, response, reply, fault);
};

const serve = async (request: IncomingMessage, response: ServerResponse, state: ControlState): Promise<void> => {
  const url = request.url ?? '/';
  if (url.startsWith('/_control/')) await sendReply(request, response, await answerControl(request, url, state));
  else if (url === '/' || url === '/_health') await sendReply(request, response, rootReply);
  else await serveOwn(request, response, state, url);
};

export const createFront =
  (state: ControlState): RequestListener =>
  (request, response) => {
    serve(request, response, state)
      // A table that breaks off: its head was sent, so the connection ends.
      .catch(() => response.destroy())
      .finally(() => request.resume());
  };
