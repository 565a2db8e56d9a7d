/**
 * The decision about one request. Each step adds its part. The decision is logged, and kept for a while so that GET /v1/requests can
 * explain the answer. It must contain nothing secret: no key, token, path, query or body.
 */
import * as z from 'zod';

const QuotaPart = z.object({
  /** From the last call of the quota. */
  outcome: z.enum(['granted', 'refused', 'unavailable', 'shadow', 'store-failed']),
  priority: z.enum(['interactive', 'background']),
  /** Calls of the quota: one for each send, retries included. */
  asked: z.int(),
  /** Units spent, without those that were given back because nothing was sent. */
  units: z.int(),
  /** Sum of all waits. */
  waitedMillis: z.number(),
});
type QuotaPart = z.infer<typeof QuotaPart>;

/** Why the facade answered 429. */
const RefusalPart = z.object({
  /** The limit that refused: `tenant`, one of the consumer's own such as `consumer-minute`, or another of wait-reason.ts. */
  limit: z.string(),
  retryAtMillis: z.number(),
});

/** Filled on the way. A missing member was not reached. */
export type Decision = {
  consumer?: string;
  /** Which of all consumers that ever had this id. It is not logged. */
  incarnation?: string | undefined;
  /** Id of the consumer's key that the request had; missing for a token of an issuer. */
  keyId?: string;
  /** Method and path template of the catalogue's row. */
  operation?: string;
  group?: string;
  /** Of the catalogue's row; `never` for writes. */
  cacheClass?: string;
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

/** One answer of the quota. */
export type QuotaNote = Pick<QuotaPart, 'outcome' | 'priority' | 'units' | 'waitedMillis'>;

/** Adds one answer of the quota to the earlier ones of the request. */
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

/** Removes the unit of the last answer: it is certain that nothing was sent, and the unit was given back. */
export const noteUnsent = (decision: Decision, units: number): void => {
  if (decision.quota) decision.quota = { ...decision.quota, units: decision.quota.units - units };
};

/** Adds one send; `status` undefined = no answer came. */
export const noteSend = (decision: Decision, status: number | undefined): void => {
  decision.sends = [...(decision.sends ?? []), status ?? 0];
};

/** The stored decision about one request. */
export const RequestRecord = z.object({
  requestId: z.string(),
  consumerId: z.string(),
  /** Which of all consumers that ever had this id. It is never shown. */
  incarnation: z.string().optional(),
  method: z.string(),
  operation: z.string().optional(),
  scope: z.string().optional(),
  credentialKind: z.string().optional(),
  cacheStatus: z.string().optional(),
  quota: QuotaPart.optional(),
  refusal: RefusalPart.optional(),
  sends: z.array(z.int()),
  status: z.int(),
  /** Code of the facade's own error; absent for other answers. */
  errorCode: z.string().optional(),
  startedAtMillis: z.number(),
  /** When the answer began, and when its last byte had left. */
  answeredAtMillis: z.number(),
  endedAtMillis: z.number(),
  /** Requests that the record stands for, itself included; missing = 1. */
  standsFor: z.int().optional(),
  deleteAtSeconds: z.int(),
});
export type RequestRecord = z.infer<typeof RequestRecord>;

/** A request whose answer has left. */
export type AnsweredRequest = Pick<
  RequestRecord,
  'requestId' | 'method' | 'status' | 'startedAtMillis' | 'answeredAtMillis' | 'endedAtMillis'
> & {
  readonly errorCode: string | undefined;
  /** Bytes of the body that were sent to the caller. */
  readonly bodyBytes: number;
  readonly decision: Decision;
};

/** How long a decision can be read. */
export const keptSeconds = 86_400;

/** The record of a request; undefined if its consumer is not known. */
export const toRecord = ({
  decision,
  errorCode,
  bodyBytes: _bytes,
  ...answered
}: AnsweredRequest): RequestRecord | undefined => {
  const { consumer, incarnation, operation, scope, credential, cacheStatus, quota, refusal, sends = [] } = decision;
  if (consumer === undefined) return undefined;
  const credentialKind = credential?.split(' ')[0];
  return {
    ...answered,
    consumerId: consumer,
    ...(incarnation === undefined ? {} : { incarnation }),
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
