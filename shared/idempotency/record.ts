/** The record of an idempotency key, and the port of its store. */
import * as z from 'zod';
import { type ErrorCode, errorCatalogue } from '../errors/catalogue.ts';
import { credentialKinds } from '../exchange/credential.ts';

const codes = Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]];

/** As whom the upstream was called; missing where no credential was chosen, and in records of earlier versions. */
const actedAs = z.enum(credentialKinds).optional();

export const StoredOutcome = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answer'),
    actedAs,
    status: z.number(),
    headers: z.array(z.tuple([z.string(), z.string()])),
    body: z.object({ bytes: z.instanceof(Uint8Array), coding: z.enum(['zstd', 'identity']) }).optional(),
  }),
  /** An answer whose body was not stored. */
  z.object({ kind: z.literal('head'), actedAs, status: z.number() }),
  /** The facade got no answer. The call may have been carried out. */
  z.object({ kind: z.literal('error'), actedAs, code: z.enum(codes), detail: z.string().optional() }),
]);
export type StoredOutcome = z.infer<typeof StoredOutcome>;

export const IdempotencyRecord = z.object({
  fingerprint: z.string(),
  /** Which try holds the key. */
  owner: z.string(),
  beganMillis: z.number(),
  /** A try without outcome has ended by then, because its function is dead. */
  leaseUntilMillis: z.number(),
  /** When the key is free again; readers compare, since removal lags by days. */
  deleteAtSeconds: z.number(),
  /** Undefined while the try runs. */
  outcome: StoredOutcome.optional(),
});
export type IdempotencyRecord = z.infer<typeof IdempotencyRecord>;

/** Whether a record blocks a new try of the same request. */
export const standsInTheWay = (record: IdempotencyRecord, nowMillis: number): boolean =>
  record.deleteAtSeconds * 1_000 > nowMillis && (record.outcome !== undefined || record.leaseUntilMillis > nowMillis);

/** Port: the records by name. Each operation is atomic. */
export interface IdempotencyStore {
  /**
   * Writes `record`, a try that begins, where nothing stands in its way: no record, one that is past its life, or a try of
   * the same fingerprint whose lease is over. Safe to repeat by the same owner.
   * @returns undefined when it was written, else what stands there.
   */
  begin(name: string, record: IdempotencyRecord, nowMillis: number): Promise<IdempotencyRecord | undefined>;
  /** Adds the outcome if the try still holds the key; false if another has taken over. */
  finish(name: string, record: IdempotencyRecord, outcome: StoredOutcome): Promise<boolean>;
  /** Removes the record if the try still holds the key. */
  release(name: string, record: IdempotencyRecord): Promise<void>;
}
