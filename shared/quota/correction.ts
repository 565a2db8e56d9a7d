/** What an upstream 429 teaches: others are spending the budget too. */
import { usedAt } from './ledger.ts';
import type { QuotaPolicy } from './policy.ts';
import { believedLimit, configuredLimit, type QuotaState } from './state.ts';

/** Without a Retry-After, sends pause for so long. */
const shortestPauseMillis = 1_000;
const longestPauseMillis = 60_000;
/** Who was frozen before it could tell of a refusal has nothing to tell of the budget as it is now. */
const newsMillis = 10_000;

/** `sinceMillis`: when the upstream refused. */
export type UpstreamRefusal = { readonly sinceMillis: number; readonly retryAfterMillis: number | undefined };

/**
 * The state after the upstream said 429 to a send that the ledger allowed: what the facade had not used itself, others
 * have. That much is taken off the limit and given back bit by bit. Answers to sends from before the cut teach nothing new,
 * and a refusal that is told too late leaves the state as it is.
 */
export const afterUpstreamRefusal = (
  state: QuotaState,
  policy: QuotaPolicy,
  nowMillis: number,
  { sinceMillis, retryAfterMillis }: UpstreamRefusal,
): QuotaState => {
  const pauseMillis = Math.min(longestPauseMillis, Math.max(shortestPauseMillis, retryAfterMillis ?? 0));
  const pausedUntilMillis = Math.max(state.pausedUntilMillis, sinceMillis + pauseMillis);
  const isNews = nowMillis - sinceMillis <= newsMillis && nowMillis >= state.pausedUntilMillis;
  // Not worth a write when it makes little difference: refusals come in crowds.
  const isLonger = pausedUntilMillis > Math.max(nowMillis, state.pausedUntilMillis + shortestPauseMillis);
  if (!isNews) return isLonger ? { ...state, pausedUntilMillis } : state;
  const configured = configuredLimit(state, policy, nowMillis);
  const believed = believedLimit(state, policy, nowMillis);
  const used = Math.min(believed, usedAt(state.ledger, nowMillis));
  // At least a little, or the same refusal would come again when the facade has used all that it believes in.
  const units = Math.min(configured, Math.max(configured - used, configured - believed + Math.ceil(configured * 0.02)));
  return { ...state, pausedUntilMillis, cut: { units, sinceMillis: nowMillis } };
};
