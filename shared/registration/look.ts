/** What a look at a sample changes in its record. Plain rules, without a store. */
import type { Digests, Mark, Registration } from './registration.ts';

/** The digests of a sample, as the tenant showed them at some instant between these two. */
export type Look = Digests & {
  readonly sampleId: string;
  readonly askedAtMillis: number;
  readonly answeredAtMillis: number;
};

/** A record without its version, which each write sets. */
export type Noted = Omit<Registration, 'version'>;

/** A look that shows nothing new is written at most this often. */
const writtenEveryMillis = 60_000;

/**
 * Two looks that overlap may show states in any order, so only one that was asked for after the last one was answered counts.
 * Functions have clocks of their own, which differ by milliseconds.
 */
export const isLater = (look: Look, before: Registration | undefined): boolean =>
  before === undefined || look.askedAtMillis >= before.seenAtMillis;

export const showsTheSame = ({ self, external }: Digests, before: Registration | undefined): boolean =>
  before?.self === self && before.external === external;

/** Whether the record would say nothing else after the look. */
export const isOldNews = (look: Look, before: Registration | undefined): boolean =>
  before !== undefined &&
  showsTheSame(look, before) &&
  before.absentSinceMillis === undefined &&
  look.answeredAtMillis < before.seenAtMillis + writtenEveryMillis;

/** A drift goes on while the same registration differs from the sample. Another registration that differs is another drift. */
const driftAfter = ({ self, external, answeredAtMillis }: Look, before: Registration | undefined) => {
  if (self === external) return undefined;
  const known = before?.external === external ? before?.drift : undefined;
  return known ?? { sinceMillis: answeredAtMillis, isTold: false };
};

/** The record after a look that counts; undefined = the sample is not registered. */
export const afterLook = (look: Look, before: Registration | undefined): Noted | undefined => {
  const { sampleId, self, external, answeredAtMillis } = look;
  if (external === undefined) return undefined;
  const drift = driftAfter(look, before);
  return { sampleId, self, external, seenAtMillis: answeredAtMillis, drift, mark: before?.mark };
};

const saysTheSame = (one: Mark, other: Mark): boolean =>
  (['digest', 'consumerId', 'incarnation', 'externalId', 'note'] as const).every((name) => one[name] === other[name]);

/** The later one; a repeated one changes nothing. Of two marks at the same time, the one that is noted last stays. */
export const laterMark = (before: Mark | undefined, mark: Mark): Mark =>
  before === undefined || (before.atMillis <= mark.atMillis && !saysTheSame(before, mark)) ? mark : before;
