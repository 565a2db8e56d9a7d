/** How long documents of the archive are locked. */
import type { Lock } from './archive-record.ts';

export type LockPolicy = { readonly mode: 'GOVERNANCE' | 'COMPLIANCE'; readonly years: number } | undefined;

const laterOf = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && Date.parse(other) > Date.parse(one)) ? other : one;

/** The stronger mode and the later end of two locks. */
export const longerOf = (one: Lock, other: Lock): Lock => ({
  lockMode: [one, other].some(({ lockMode }) => lockMode === 'COMPLIANCE')
    ? 'COMPLIANCE'
    : (one.lockMode ?? other.lockMode),
  retainUntil: laterOf(one.retainUntil, other.retainUntil),
});

/**
 * The lock that an object must be given to be held as long as it is wanted. An object keeps the mode that it has: only who may bypass
 * governance can change it, and nobody may here.
 * @returns undefined when the object is held long enough.
 */
export const lockToExtend = (found: Lock, wanted: Lock): Lock | undefined => {
  if (wanted.retainUntil === null) return undefined;
  if (found.retainUntil !== null && Date.parse(found.retainUntil) >= Date.parse(wanted.retainUntil)) return undefined;
  return { lockMode: found.lockMode ?? wanted.lockMode, retainUntil: wanted.retainUntil };
};

/** The lock of an object that is written now. S3 keeps whole seconds (API reference, PutObject), so the instant has no fraction. */
export const lockFrom = (policy: LockPolicy, nowMillis: number): Lock => {
  if (!policy) return { lockMode: null, retainUntil: null };
  const until = new Date(Math.ceil(nowMillis / 1000) * 1000);
  until.setUTCFullYear(until.getUTCFullYear() + policy.years);
  return { lockMode: policy.mode, retainUntil: until.toISOString() };
};
