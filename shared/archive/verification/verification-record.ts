/** What the daily verification keeps: where its round stands, and the faults that are open. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from '../canonical-json.ts';

/** The passes of a round, in their order. */
export const passes = ['heads', 'catalogue', 'inventory', 'objects'] as const;
export type Pass = (typeof passes)[number];

const Round = z.object({
  startedAtMillis: z.number(),
  pass: z.enum(passes),
  passStartedAtMillis: z.number(),
  /** The key after which a listing goes on; absent = at its start. */
  afterKey: z.string().optional(),
  /** Where the pass over the catalogue stands. */
  place: z.object({ number: z.number().int(), hashes: z.array(z.string().nullable()) }),
  /** The number that was sealed when the round began. Manifests up to here are all written. */
  sealed: z.number().int(),
  /** Number of the newest head with a good signature that this round has seen. */
  newestHead: z.number().int(),
  /** Numbers whose manifest or PDF the inventory has seen (marks.ts). */
  marks: z.instanceof(Uint8Array).optional(),
  /** Numbers with open faults, which are read first. */
  recheck: z.array(z.number().int()),
  /** PDFs of the cycle that this round reads. */
  target: z.number().int(),
  /** PDFs that it has read, of the cycle or again. */
  documents: z.number().int(),
  cycleDocuments: z.number().int(),
});
export type Round = z.infer<typeof Round>;

export const VerificationState = z.object({
  /** Goes up with each write; 0 = never written. */
  version: z.number().int(),
  round: Round.optional(),
  /** A cycle reads each PDF once, by number. */
  cycle: z.object({ afterNumber: z.number().int(), startedAtMillis: z.number() }).optional(),
  /** Every PDF was read whole since then. */
  wholeSinceMillis: z.number().optional(),
  /** The last round that came to its end. */
  last: z.object({ startedAtMillis: z.number(), endedAtMillis: z.number(), documents: z.number().int() }).optional(),
});
export type VerificationState = z.infer<typeof VerificationState>;

export const OpenFault = z.object({
  code: z.string(),
  /** A key of the archive, or a number of the chain as text. */
  subject: z.string(),
  detail: z.string(),
  pass: z.enum(passes),
  /** Id of the experiment, where the fault belongs to one. */
  entity: z.string().optional(),
  number: z.number().int().optional(),
  firstFoundAtMillis: z.number(),
  lastFoundAtMillis: z.number(),
});
export type OpenFault = z.infer<typeof OpenFault>;

/** More are not listed. Whoever destroys a whole archive must not fill a table, too. */
export const mostFaults = 1_000;

export const faultIdOf = ({ pass, code, subject }: Pick<OpenFault, 'pass' | 'code' | 'subject'>): string =>
  createHash('sha256')
    .update(canonicalJson([pass, code, subject]))
    .digest('hex')
    .slice(0, 32);

/** Port: what the verification notes. Reads see every write that was answered before. */
export interface VerificationStore {
  read(): Promise<VerificationState>;
  /** Puts `after` in place of the state before it (`after.version - 1`). @returns false when another is there. */
  write(after: VerificationState): Promise<boolean>;
  /** `mostFaults` at most, in no order. */
  listFaults(): Promise<readonly OpenFault[]>;
  /** Replaces the fault of the same id. */
  putFault(fault: OpenFault): Promise<void>;
  removeFault(id: string): Promise<void>;
}
