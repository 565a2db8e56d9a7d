/** Fault rules as the control surface reads and shows them. */
import { badRequest } from '../errors.ts';
import type { FaultKind, FaultRule } from '../http/faults.ts';
import { type Json, type JsonObject, numberOf, textOf } from '../json.ts';
import { operations } from '../operations.ts';

const kinds: readonly FaultKind[] = ['latency', 'status', 'html', 'cut', 'hang', 'slowBody', 'malformed'];

/** `{kind, operation?, rate?, times?, millis?, status?, retryAfterSeconds?, afterBytes?}` @throws 400 */
export const readFault = (body: JsonObject): Omit<FaultRule, 'id'> => {
  const kind = kinds.find((name) => name === body.kind);
  if (kind === undefined) throw badRequest(`kind must be one of ${kinds.join(', ')}.`);
  const operation = textOf(body.operation);
  if (operation !== undefined && !operations.some(({ key }) => key === operation))
    throw badRequest(`"${operation}" is no operation; name one as the catalogue does, such as "GET /entities/{eid}".`);
  const rate = numberOf(body.rate) ?? 1;
  if (rate < 0 || rate > 1) throw badRequest('rate must be from 0 to 1.');
  return {
    kind,
    operation,
    rate,
    remaining: numberOf(body.times),
    millis: numberOf(body.millis) ?? 1000,
    status: numberOf(body.status) ?? (kind === 'html' ? 502 : 503),
    retryAfterSeconds: numberOf(body.retryAfterSeconds),
    afterBytes: numberOf(body.afterBytes),
  };
};

export const shownFault = (rule: FaultRule): Json => JSON.parse(JSON.stringify(rule)) as Json;
