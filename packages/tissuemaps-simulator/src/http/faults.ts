/** Faults on demand: which request suffers one, and how it looks to the client. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { fraction } from '../random.ts';

/** `workerDies` holds for uploads: the connection is cut after the file's first byte, and the file stays UPLOADING. */
export const faultKinds = ['latency', 'status', 'html', 'cut', 'hang', 'slowBody', 'malformed', 'workerDies'] as const;
type FaultKind = (typeof faultKinds)[number];

export interface FaultRule {
  readonly id: number;
  readonly kind: FaultKind;
  /** Such as `GET /api/experiments`; every operation when absent. */
  readonly operation: string | undefined;
  /** Share of the requests that suffer, 0 to 1. */
  readonly rate: number;
  /** How many more requests suffer; `undefined` for no end. */
  remaining: number | undefined;
  readonly millis: number;
  readonly status: number;
  /** Bytes of the body that still arrive before the connection is cut; `undefined` cuts before the answer. */
  readonly afterBytes: number | undefined;
}

export interface Faults {
  add(rule: Omit<FaultRule, 'id'>): FaultRule;
  list(): readonly FaultRule[];
  clear(): void;
  /** The fault that this request suffers, if any; uses up one of its turns. */
  pick(operation: string | undefined): FaultRule | undefined;
}

/** The dice of the faults have a seed of their own, so that faults change no data. */
const faultSeed = 0xfa17;

export const createFaults = (): Faults => {
  let rules: FaultRule[] = [];
  let lastId = 0;
  let throws = 0;
  const hits = (rule: FaultRule, operation: string | undefined) => {
    if (rule.remaining === 0 || (rule.operation !== undefined && rule.operation !== operation)) return false;
    throws += 1;
    return fraction(faultSeed, throws) < rule.rate;
  };
  return {
    add(given) {
      lastId += 1;
      const rule = { ...given, id: lastId };
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

const sendJson = (response: ServerResponse, status: number, text: string) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(text);
};

const sendHtml = (response: ServerResponse, { status }: FaultRule) => {
  response.writeHead(status, { 'content-type': 'text/html' });
  response.end(`<html><head><title>${status}</title></head><body><h1>${status} nginx</h1></body></html>`);
};

const errorText = ({ status }: FaultRule) =>
  JSON.stringify({ error: { error: true, message: 'A fault on demand.', status_code: status, type: 'Fault' } });

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
  if (fault.kind === 'status') sendJson(response, fault.status, errorText(fault));
  else if (fault.kind === 'html') sendHtml(response, fault);
  else if (fault.kind === 'malformed') sendJson(response, 200, '{"data": [');
  else if (fault.kind === 'cut' && fault.afterBytes === undefined) request.socket.destroy();
  else if (fault.kind !== 'hang') return false;
  return true;
};
