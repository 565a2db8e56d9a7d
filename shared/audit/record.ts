/** What the audit log records of a write or an act, and the port of the log. */
import * as z from 'zod';
import { credentialKinds } from '../exchange/credential.ts';
import { Change } from './changes.ts';

/**
 * The outcome:
 * - `done`: an answer below 400, or an act that succeeded.
 * - `refused`: nothing was changed: an answer of 4xx, or the facade's own refusal.
 * - `failed`: an answer of 5xx; some of it may have been carried out.
 * - `unknown`: the answer was lost, or the function died: it may have been carried out.
 * - `pending`: started, and can still end.
 */
export const outcomes = ['done', 'refused', 'failed', 'unknown', 'pending'] as const;
export type AuditOutcome = (typeof outcomes)[number];

export const auditKinds = ['native', 'admin', 'operator', 'source'] as const;

/**
 * Contains no secret and no content of the tenant: identifiers, names and instants, and the settings that an act
 * changed.
 */
const Intent = z.object({
  /** Unique; the same in the intent and the outcome of one write. */
  id: z.string(),
  /**
   * `native` for an operation of an upstream, `admin` for an act on the facade through its API, `operator` for a command that an
   * operator ran with rights in the AWS account, `source` for a write of the tenant to a data source.
   */
  kind: z.enum(auditKinds),
  requestId: z.string(),
  startedMillis: z.number(),
  /** When the record may be removed; readers compare, since removal lags by days. */
  deleteAtSeconds: z.number(),
  /** The calling consumer; `operator` for a command, `tenant` for a write to a source. */
  consumer: z.string(),
  /** The AWS identity that ran a command, or a text that says why it is unknown; the name of the source of a write. */
  actor: z.string().optional(),
  subject: z.string().optional(),
  /** As whom the call ran; absent for an act, which sends nothing upstream. */
  credential: z.object({ kind: z.enum(credentialKinds), id: z.string(), principal: z.string() }).optional(),
  /** `PATCH /entities/{eid}/properties`, or an act such as `consumers.create`. */
  operation: z.string(),
  /** Upstream and group, such as `signals entities`; absent for acts. */
  upstream: z.string().optional(),
  group: z.string().optional(),
  /** The path without its query, or what an act was about. */
  target: z.string(),
  /** Names of the query parameters that the catalogue knows. Never a value. */
  queryNames: z.array(z.string()).optional(),
  /** The entity, or the subject of an act. A creation has one after it is answered. */
  entity: z.string().optional(),
  /** What an act requested. */
  asked: z.record(z.string(), z.json()).optional(),
});

const Outcome = z.object({
  endedMillis: z.number(),
  outcome: z.enum(outcomes).exclude(['pending']),
  /** Status of the answer of the upstream. */
  status: z.number().optional(),
  /** Code of the facade's error, where there was no answer. */
  code: z.string().optional(),
  /** What an act changed. */
  changes: z.array(Change).optional(),
});

export const AuditIntent = Intent.extend({ stage: z.literal('intent') });
export type AuditIntent = z.infer<typeof AuditIntent>;
/** Repeats its intent, so that one item is complete. */
const AuditOutcome = Intent.extend({ ...Outcome.shape, stage: z.literal('outcome') });
export const AuditRecord = z.discriminatedUnion('stage', [AuditIntent, AuditOutcome]);
export type AuditRecord = z.infer<typeof AuditRecord>;

/** Which records: those begun from one instant until before another, of all, of one consumer or about one entity. */
export type AuditRange = {
  readonly fromMillis: number;
  readonly untilMillis: number;
  /** Only records before this position; see `positionOf`. */
  readonly before?: string | undefined;
  readonly of?: { readonly consumer: string } | { readonly entity: string } | undefined;
};

/** Records newest first by begin, the outcome of an entry right before its intent. */
export type AuditSlice = {
  readonly records: readonly AuditRecord[];
  /** Where to continue (`before`); undefined at the end of the range. A slice may be empty and have one. */
  readonly next: string | undefined;
};

/** Port: the log. Records are added and never changed. */
export interface AuditLog {
  /** Adds a record. Safe to repeat: an existing one stays as first written. */
  append(record: AuditRecord): Promise<void>;
  /** At most about `most` records. Records that may be removed are left out. Those of the last seconds may be missing. */
  read(range: AuditRange, most: number): Promise<AuditSlice>;
}

/** Sorts entries by begin; all records of an entry share it. */
export const positionOf = ({ startedMillis, id }: Pick<AuditRecord, 'startedMillis' | 'id'>): string =>
  `${new Date(startedMillis).toISOString()}#${id}`;
