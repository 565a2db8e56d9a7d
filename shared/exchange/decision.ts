/**
 * What is decided about one request: noted on its way by whoever decides, logged, and kept for a while so that the facade
 * can explain itself. Nothing secret belongs in here: no key, no token, no path, no query, no body.
 */
import * as z from 'zod';

const QuotaPart = z.object({
  /** Of the last time that the budget was asked. */
  outcome: z.enum(['granted', 'refused', 'unavailable', 'shadow', 'store-failed']),
  priority: z.enum(['interactive', 'background']),
  /** How often the budget was asked: once for each send, repeated ones included. */
  asked: z.int(),
  /** Spent: without those that were given back because nothing was sent. */
  units: z.int(),
  /** All waits together. */
  waitedMillis: z.number(),
});
type QuotaPart = z.infer<typeof QuotaPart>;

/** What made the facade say 429. */
const RefusalPart = z.object({
  /** The limit that refused: `tenant`, one of the consumer's own such as `consumer-minute`, or another of held.ts. */
  limit: z.string(),
  retryAtMillis: z.number(),
});

/** Filled on the way; what is missing was not reached. */
export type Decision = {
  consumer?: string;
  /** Method and path template of the catalogue's row. */
  operation?: string;
  group?: string;
  scope?: string;
  /** Kind and id, such as `service signals`. */
  credential?: string;
  /** This cache's parameters in `Cache-Status` (RFC 9211). */
  cacheStatus?: string;
  quota?: QuotaPart;
  refusal?: z.infer<typeof RefusalPart>;
  /** Status of each send in order; 0 = no answer came. */
  sends?: number[];
};

/** One answer of the budget, as the quota tells it. */
export type QuotaNote = Pick<QuotaPart, 'outcome' | 'priority' | 'units' | 'waitedMillis'>;

/** Adds one answer of the budget to what the request has had of it before. */
export const noteQuota = (decision: Decision, { outcome, priority, units, waitedMillis }: QuotaNote): void => {
  const before = decision.quota ?? { asked: 0, units: 0, waitedMillis: 0 };
  decision.quota = {
    outcome,
    priority,
    asked: before.asked + 1,
    units: before.units + units,
    waitedMillis: Math.round(before.waitedMillis + waitedMillis),
  };
};

/** Takes back what the last answer of the budget gave: it is certain that nothing was sent, and the budget has it again. */
export const noteUnsent = (decision: Decision, units: number): void => {
  if (decision.quota) decision.quota = { ...decision.quota, units: decision.quota.units - units };
};

/** Adds one send; `status` undefined = no answer came. */
export const noteSend = (decision: Decision, status: number | undefined): void => {
  decision.sends = [...(decision.sends ?? []), status ?? 0];
};

/** A decision as it is kept: what became of one request. */
export const RequestRecord = z.object({
  requestId: z.string(),
  consumerId: z.string(),
  method: z.string(),
  operation: z.string().optional(),
  scope: z.string().optional(),
  credentialKind: z.string().optional(),
  cacheStatus: z.string().optional(),
  quota: QuotaPart.optional(),
  refusal: RefusalPart.optional(),
  sends: z.array(z.int()),
  status: z.int(),
  /** Code of the facade's own error; missing when the answer is not one. */
  errorCode: z.string().optional(),
  startedAtMillis: z.number(),
  /** When the answer began, and when its last byte had left. */
  answeredAtMillis: z.number(),
  endedAtMillis: z.number(),
  deleteAtSeconds: z.int(),
});
export type RequestRecord = z.infer<typeof RequestRecord>;

/** A request whose answer has left. */
export type AnsweredRequest = Pick<
  RequestRecord,
  'requestId' | 'method' | 'status' | 'startedAtMillis' | 'answeredAtMillis' | 'endedAtMillis'
> & {
  readonly errorCode: string | undefined;
  readonly decision: Decision;
};

/** How long a decision can be read. */
export const keptSeconds = 86_400;

/** The record of a request; undefined when nobody knows whose it is. */
export const toRecord = ({ decision, errorCode, ...answered }: AnsweredRequest): RequestRecord | undefined => {
  const { consumer, operation, scope, credential, cacheStatus, quota, refusal, sends = [] } = decision;
  if (consumer === undefined) return undefined;
  const credentialKind = credential?.split(' ')[0];
  return {
    ...answered,
    consumerId: consumer,
    ...(operation === undefined ? {} : { operation }),
    ...(scope === undefined ? {} : { scope }),
    ...(credentialKind === undefined ? {} : { credentialKind }),
    ...(cacheStatus === undefined ? {} : { cacheStatus }),
    ...(quota === undefined ? {} : { quota }),
    ...(refusal === undefined ? {} : { refusal }),
    ...(errorCode === undefined ? {} : { errorCode }),
    sends,
    deleteAtSeconds: Math.ceil(answered.startedAtMillis / 1_000) + keptSeconds,
  };
};
