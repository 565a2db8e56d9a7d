/**
 * Registrations of samples: whether the state that an outside system has confirmed is the state that a sample has. The tenant keeps both
 * as digests. The facade keeps what a look has shown, so that it can list drifted samples and tell of each drift.
 */
import * as z from 'zod';
import { dayMillis } from '../time/units.ts';

/** The two digests of a sample (guide 07): of its content, and of the content that the outside system has confirmed. */
export type Digests = {
  readonly self: string;
  /** Undefined = nothing has been registered. */
  readonly external: string | undefined;
};

/** The form of the digest of a sample. 64 characters have been seen (guide 07). */
export const digestForm = '[!#-~]{1,200}';
/** The most characters of a digest. */
export const mostDigestCharacters = 200;

export type RegistrationState = 'unregistered' | 'in-sync' | 'drifted';

export const stateOf = ({ self, external }: Digests): RegistrationState => {
  if (external === undefined) return 'unregistered';
  return external === self ? 'in-sync' : 'drifted';
};

/** What a caller said when it marked a sample as registered. */
export const Mark = z.object({
  /** The digest that is registered. */
  digest: z.string(),
  atMillis: z.number(),
  consumerId: z.string(),
  /** Which of all consumers that ever had the id. */
  incarnation: z.string().optional(),
  /** Id of the sample in the outside system. */
  externalId: z.string().optional(),
  note: z.string().optional(),
});
export type Mark = z.infer<typeof Mark>;

/** What the facade knows of a sample that is registered. */
export const Registration = z.object({
  sampleId: z.string(),
  /** Another one after each write. A record that takes the place of a removed one begins with a higher one. */
  version: z.number(),
  /** The digests of the last look that counts. */
  self: z.string(),
  external: z.string(),
  /** When the tenant had answered that look. */
  seenAtMillis: z.number(),
  /** Set while the digests differ. */
  drift: z
    .object({
      /** The look that saw it first. The sample changed then or before. */
      sinceMillis: z.number(),
      /** Whether its event is on its way. */
      isTold: z.boolean(),
    })
    .optional(),
  mark: Mark.optional(),
  /** Since when the tenant does not show the sample to the service account. */
  absentSinceMillis: z.number().optional(),
  /** When the check last looked in vain. */
  missedAtMillis: z.number().optional(),
});
export type Registration = z.infer<typeof Registration>;

/** A record whose sample has been absent for so long may vanish. */
export const keptWhileAbsentMillis = 30 * dayMillis;

/** Sorts drifted samples by the time since which they are known to be drifted, then by their ids. Also the cursor of a page. */
export const placeOf = ({ sampleId, drift }: Registration): string | undefined =>
  drift && `${String(drift.sinceMillis).padStart(15, '0')}#${sampleId}`;

/** The mark, if it is about the digest that is registered now. */
export const markOf = ({ mark, external }: Pick<Registration, 'mark' | 'external'>): Mark | undefined =>
  mark?.digest === external ? mark : undefined;

export type DriftedPage = {
  readonly registrations: readonly Registration[];
  /** Where the next page begins; undefined = this was the last. */
  readonly cursor: string | undefined;
};

/** Port: one record for each registered sample. */
export interface RegistrationStore {
  /** Shows every write that has ended. */
  read(sampleId: string): Promise<Registration | undefined>;
  /** Writes it in place of the one at this version, 0 = there is none. @returns false if another one is there. */
  write(registration: Registration, versionBefore: number): Promise<boolean>;
  /** @returns false if another version is there. */
  remove(sampleId: string, version: number): Promise<boolean>;
  /** The records of these samples that exist, in any order. It shows every write that has ended. */
  known(sampleIds: readonly string[]): Promise<readonly Registration[]>;
  /** Records behind this id, in the order of ids. */
  walk(afterId: string, limit: number): Promise<readonly Registration[]>;
  /** Drifted samples, the longest known drift first. A write shows within seconds. */
  drifted(limit: number, cursor?: string): Promise<DriftedPage>;
}

/** A sample that is to be looked at soon. */
export const Suspicion = z.object({
  sampleId: z.string(),
  /** What may have changed it: each kind of writer clears its own suspicions only. */
  reason: z.enum(['mark', 'drift', 'change']),
  notedAtMillis: z.number(),
  /** Not looked at before this. */
  dueAtMillis: z.number(),
  /** Looks that failed. */
  tries: z.number(),
});
export type Suspicion = z.infer<typeof Suspicion>;

/** The order of suspicions. */
export const placeOfSuspicion = ({ sampleId, reason }: Pick<Suspicion, 'sampleId' | 'reason'>): string =>
  `${sampleId}#${reason}`;

/** A walk that goes on where it stopped. */
export type Walk = 'records' | 'suspicions';

/** Port: what the check of registered samples has to do. */
export interface CheckStore {
  /** Writes it in place of one of the same sample and reason. */
  suspect(suspicion: Suspicion): Promise<void>;
  /** Those behind this place, in the order of their places. */
  suspicions(limit: number, behind?: string): Promise<readonly Suspicion[]>;
  /** Removes it, unless the sample was suspected again for this reason meanwhile. */
  clear(suspicion: Suspicion): Promise<void>;
  /** Writes it in place of the one that was noted at the same time; does nothing if there is none. */
  postpone(suspicion: Suspicion): Promise<void>;
  /** Where the last run of this walk stopped; empty = at the beginning. */
  readPosition(walk: Walk): Promise<string>;
  writePosition(walk: Walk, position: string): Promise<void>;
}
