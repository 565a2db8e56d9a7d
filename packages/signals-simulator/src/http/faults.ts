/** Faults on demand: which request suffers one, and how it looks on the wire. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { SignalsError, tooManyRequests } from '../errors.ts';
import type { Random } from '../random.ts';
import { jsonApi } from './reply.ts';
import { errorReply, sendReply } from './send.ts';

export type FaultKind = 'latency' | 'status' | 'html' | 'cut' | 'hang' | 'slowBody' | 'malformed';

export interface FaultRule {
  readonly id: string;
  /** Native operation such as `GET /entities/{eid}`; every operation when absent. */
  readonly operation: string | undefined;
  readonly kind: FaultKind;
  /** Share of the requests that suffer, 0 to 1. */
  readonly rate: number;
  /** How many more requests suffer; `undefined` for no end. */
  remaining: number | undefined;
  /** Wait before the answer, or between two pieces of a slow body. */
  readonly millis: number;
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;
  /** Bytes of the body that still arrive before the connection is cut; `undefined` cuts before the answer. */
  readonly afterBytes: number | undefined;
}

export interface Faults {
  add(rule: Omit<FaultRule, 'id'>): FaultRule;
  list(): readonly FaultRule[];
  clear(): void;
  /** The fault this request suffers, if any; uses up one of its turns. */
  pick(operation: string | undefined): FaultRule | undefined;
}

export const createFaults = (random: Random): Faults => {
  let rules: FaultRule[] = [];
  let lastId = 0;
  const hits = (rule: FaultRule, operation: string | undefined) =>
    rule.remaining !== 0 && (rule.operation === undefined || rule.operation === operation) && random.next() < rule.rate;
  return {
    add(given) {
      lastId += 1;
      const rule = { ...given, id: String(lastId) };
      rules.push(rule);
      return rule;
    },
    list: () => rules,
    clear() {
      rules = [];
    },
    pick(operation) {
      const rule = rules.find((known) => hits(known, operation));
      if (rule?.remaining !== undefined) rule.remaining -= 1;
      return rule;
    },
  };
};

const statusError = (status: number) =>
  status === 429
    ? tooManyRequests('The tenant is busy.')
    : new SignalsError(status, 'ServiceFault', 'Service fault.', `The service failed with ${status}.`);

const sendStatus = (request: IncomingMessage, response: ServerResponse, fault: FaultRule) => {
  const reply = errorReply(statusError(fault.status), true);
  const headers: Record<string, string> =
    fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
  return sendReply(request, response, { ...reply, headers }, { gzip: false });
};

const sendHtml = (response: ServerResponse, fault: FaultRule) => {
  response.writeHead(fault.status, { 'content-type': 'text/html' });
  response.end(
    `<html><head><title>${fault.status}</title></head><body><center><h1>${fault.status} Bad Gateway</h1></center></body></html>`,
  );
};

/** Faults that take the place of an answer. Answers whether the request is done with. */
export const answerFault = async (
  request: IncomingMessage,
  response: ServerResponse,
  fault: FaultRule,
): Promise<boolean> => {
  if (fault.kind === 'latency') {
    await wait(fault.millis);
    return false;
  }
  if (fault.kind === 'status') await sendStatus(request, response, fault);
  else if (fault.kind === 'html') sendHtml(response, fault);
  else if (fault.kind === 'malformed') {
    response.writeHead(200, { 'content-type': jsonApi });
    response.end('{"links":{"self":"http://');
  } else if (fault.kind === 'cut' && fault.afterBytes === undefined) request.socket.destroy();
  else if (fault.kind !== 'hang') return false;
  return true;
};

/** Faults of the body: each piece late, or the connection gone after some bytes. Wraps `response.write` and `end`. */
export const spoilBody = (request: IncomingMessage, response: ServerResponse, fault: FaultRule): void => {
  const { afterBytes } = fault;
  if (fault.kind !== 'slowBody' && fault.kind !== 'cut') return;
  const write = response.write.bind(response) as (chunk: Uint8Array) => boolean;
  const end = response.end.bind(response) as () => ServerResponse;
  let sentBytes = 0;
  let last: Promise<void> = Promise.resolve();
  const piecesOf = (chunk: Uint8Array) =>
    Array.from({ length: Math.ceil(chunk.byteLength / 4096) }, (_, index) =>
      chunk.subarray(index * 4096, (index + 1) * 4096),
    );
  const sendPiece = async (piece: Uint8Array) => {
    if (response.destroyed) return;
    if (fault.kind === 'slowBody') await wait(fault.millis);
    if (afterBytes === undefined) {
      write(piece);
      return;
    }
    write(piece.subarray(0, Math.max(0, afterBytes - sentBytes)));
    sentBytes += piece.byteLength;
    if (sentBytes < afterBytes) return;
    await wait(20);
    request.socket.destroy();
  };
  const queue = (chunk: unknown) => {
    if (chunk === undefined || chunk === null || typeof chunk === 'function') return;
    for (const piece of piecesOf(Buffer.from(chunk as Uint8Array))) last = last.then(() => sendPiece(piece));
  };
  response.write = ((chunk: unknown) => {
    queue(chunk);
    return true;
  }) as typeof response.write;
  response.end = ((chunk?: unknown) => {
    queue(chunk);
    last.then(() => end()).catch(() => response.destroy());
    return response;
  }) as typeof response.end;
};
