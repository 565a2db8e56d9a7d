/** What the catalogue of the archive keeps: orders, versions that are on their way, and claims, which are the chain. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from './canonical-json.ts';

/** A retryable failure leaves an order open; `skipped` = the experiment is not closed any more. */
const orderStates = ['open', 'done', 'skipped', 'failed'] as const;

/** The wish to archive an experiment as it is now. One closing makes one order, however often it is told of. */
export const Order = z.object({
  /** 64 hex digits. */
  name: z.string(),
  eid: z.string(),
  /** Consumer id, or `facade`. */
  requestedBy: z.string(),
  requestedAtMillis: z.number(),
  /** Id of the person who closed the experiment, as the notification names it. */
  closedBy: z.string().optional(),
  /** When the notification says that it was closed. */
  closedAtMillis: z.number().optional(),
  state: z.enum(orderStates),
  /** 1 for the first execution; one more after each that failed. */
  round: z.number().int(),
  /** Goes up with each write. */
  version: z.number().int(),
  /** Before this time the order is not started. */
  notBeforeMillis: z.number(),
  /** Of the execution of this round; absent = it was not started yet. */
  executionArn: z.string().optional(),
  /** Steps begun in this round, those that a crash ended included. */
  tries: z.number().int().default(0),
  digest: z.string().optional(),
  failure: z.string().optional(),
  /** Trace of what caused the order, which its log lines show. */
  traceId: z.string().optional(),
});
export type Order = z.infer<typeof Order>;

const Lock = z.object({
  lockMode: z.enum(['GOVERNANCE', 'COMPLIANCE']).nullable(),
  retainUntil: z.string().nullable(),
});
/** Object Lock of one object; both null where the archive has no locks. */
export type Lock = z.infer<typeof Lock>;

const FileFacts = z.object({ sha256: z.string(), crc64nvme: z.string(), sizeBytes: z.number() });
export type FileFacts = z.infer<typeof FileFacts>;

/** One version of an entity on its way into the archive. */
export const Version = z.object({
  eid: z.string(),
  digest: z.string(),
  version: z.number().int(),
  requestedBy: z.string(),
  requestedAtMillis: z.number(),
  closedBy: z.string().optional(),
  notebook: z.string().optional(),
  /** Files that were about to be stored: written before the completing request, whose answer may be lost. */
  candidates: z.array(FileFacts).default([]),
  stored: FileFacts.extend({ versionId: z.string(), archivedAt: z.string(), ...Lock.shape }).optional(),
  /** The number in the chain that this version claims, or tries to. */
  number: z.number().int().optional(),
});
export type Version = z.infer<typeof Version>;

/** One place in the chain. It is never changed and never removed. */
export const Claim = z.object({
  number: z.number().int(),
  /** The bytes of the manifest, as text. */
  manifest: z.string(),
  manifestSha256: z.string(),
  closedBy: z.string().optional(),
  notebook: z.string().optional(),
});
export type Claim = z.infer<typeof Claim>;

const hash = (...parts: (string | number)[]): string => createHash('sha256').update(canonicalJson(parts)).digest('hex');

/** @param cause what makes two wishes for one experiment the same: the id of a notification. */
export const orderNameOf = (stage: string, eid: string, cause: string): string =>
  hash('archive-order', stage, eid, cause);
/** Fits the pattern of Lambda's execution names. */
export const executionNameOf = ({ name, round }: Pick<Order, 'name' | 'round'>): string =>
  hash('archive-execution', name, round);
