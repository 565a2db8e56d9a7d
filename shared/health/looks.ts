/** The checks of health that only read: what each says of what it found. */
import { toIso } from '../time/iso.ts';
import type { Finding } from './health.ts';

/** @param sweep undefined = the stage has no cache. */
export const judgeSweep = (
  sweep: { readonly state: 'never' | 'healthy' | 'lagging'; readonly lagMillis: number } | undefined,
): Finding => {
  if (!sweep) return { state: 'ok', reason: 'The cache is off, so nothing is swept.' };
  const { state, lagMillis } = sweep;
  if (state === 'healthy')
    return { state: 'ok', reason: `The last sweep looked ${Math.round(lagMillis / 1_000)} s back.` };
  if (state === 'never')
    return { state: 'degraded', reason: 'No sweep has run yet. Cached answers live shortly until one has.' };
  return {
    state: 'degraded',
    reason: `The sweep is ${Math.round(lagMillis / 1_000)} s behind. Cached answers live shortly until it has caught up. Runbook: the change sweep is behind.`,
  };
};

export const judgeHook = (hasHeader: boolean): Finding =>
  hasHeader
    ? { state: 'ok', reason: 'The header of pushes is set.' }
    : {
        state: 'degraded',
        reason:
          'No header of pushes is set, so pushes are refused. Notifications come by the pull only, minutes later.',
      };

type KeyFacts = {
  readonly state: 'active' | 'retiring' | 'disabled';
  readonly expiresAtMillis?: number | undefined;
  readonly strikes: number;
  readonly refusedSinceMillis?: number | undefined;
};

/** The time is the latest first refusal: before it, the key that was refused last may have been accepted. */
const refusalSentences = (refused: readonly KeyFacts[]): string => {
  if (refused.length === 0) return '';
  // Not known of a key that an earlier version refused.
  const latest = Math.max(...refused.map(({ refusedSinceMillis = Number.POSITIVE_INFINITY }) => refusedSinceMillis));
  const since = Number.isFinite(latest) ? ` No call with a refused key was accepted since ${toIso(latest)}.` : '';
  return ` The tenant refuses ${refused.length} with 401.${since} Runbook: a key of the tenant is refused.`;
};

/**
 * A key with strikes counts as refused, also when its cooldown has ended: then the next call tries it, and nothing says
 * that the tenant accepts it. A key that refusals have disabled counts too, because somebody has to replace it.
 */
export const judgeKeys = (keys: readonly KeyFacts[], nowMillis: number): Finding => {
  if (keys.length === 0)
    return {
      state: 'failed',
      reason: 'The stage has no key of the tenant. Put one in: npm run operator -- put-credential.',
    };
  const living = keys.filter(({ expiresAtMillis = Number.POSITIVE_INFINITY }) => expiresAtMillis > nowMillis);
  const refused = living.filter(({ strikes }) => strikes > 0);
  const good = living.filter(({ state, strikes }) => state !== 'disabled' && strikes === 0);
  const reason = `${good.length} of ${keys.length} keys of the tenant can be used.${refusalSentences(refused)}`;
  if (good.length === 0) return { state: 'failed', reason };
  return { state: refused.length > 0 ? 'degraded' : 'ok', reason };
};

/** Longer than a day and what a round may take. */
const verificationStaleMillis = 36 * 3_600_000;

/** A young stage works. If no verification comes, an alarm rings. */
const notVerifiedYet =
  'The archive was not verified yet. The first verification begins within 15 minutes; the alarm ArchiveVerifySilent rings if none ends.';

type VerificationFacts = {
  /** When the last round ended; undefined = none has. */
  readonly endedAtMillis?: number | undefined;
  /** Every PDF was read whole since then; undefined = some were never read. */
  readonly wholeSinceMillis?: number | undefined;
  readonly faults: number;
  readonly faultySinceMillis?: number | undefined;
};

/** No reason names an experiment: every consumer may read it. */
export const judgeArchive = (facts: VerificationFacts, nowMillis: number): Finding => {
  const { endedAtMillis, wholeSinceMillis, faults, faultySinceMillis } = facts;
  if (faults > 0 && faultySinceMillis !== undefined)
    return {
      state: 'failed',
      reason: `The verification has found ${faults === 1 ? 'a fault' : `${faults} faults`}, the first at ${toIso(faultySinceMillis)}. GET /v1/archive/verification lists them.`,
    };
  if (endedAtMillis === undefined) return { state: 'ok', reason: notVerifiedYet };
  const verified = `The archive was verified at ${toIso(endedAtMillis)}`;
  if (nowMillis - endedAtMillis > verificationStaleMillis)
    return { state: 'degraded', reason: `${verified}, and not since then.` };
  const read =
    wholeSinceMillis === undefined
      ? 'Not all PDFs were read yet'
      : `All PDFs were read since ${toIso(wholeSinceMillis)}`;
  return { state: 'ok', reason: `${verified}, without a fault. ${read}.` };
};
