/**
 * Reacts to a 429 of the upstream. A 429 far below the limit pauses only its operation. Refusals of several operations, or a
 * refusal near the limit, show that others spend the same budget, so the budget is corrected for all instances.
 */
import { usedAt } from './ledger.ts';
import { isInARow, type PausedOperation, refusedOperation, withoutOwnPause } from './operation-pauses.ts';
import type { QuotaPolicy } from './policy.ts';
import { believedLimit, configuredLimit, type QuotaState } from './state.ts';

/** How long sends pause after a 429 without Retry-After. */
const shortestPauseMillis = 1_000;
const longestPauseMillis = 60_000;
/** A refusal that is reported later than this corrects no budget: the instance was frozen, and the budget has changed since. It may still lengthen a pause. */
const newsMillis = 10_000;
/** If no more than this share of the limit, or only a few units, was free, every refusal is about the budget. */
const nearShare = 0.1;
const fewUnits = 3;
/**
 * Two operations that are refused within this time are refused for one reason, unless more than this share of the limit was
 * sent in between: a budget that is spent lets hardly any call through.
 */
const togetherMillis = 20_000;
const betweenShare = 0.02;
/**
 * One operation that is refused in a row stands for the budget when hardly any other was sent since the row began: at its
 * second refusal if a few of its calls were sent in between, and at this one in any case.
 */
const mostRefusalsAlone = 3;

/** `sinceMillis`: when the upstream refused. `operation`: undefined = not known; then the refusal counts as one of the budget. */
export type UpstreamRefusal = {
  readonly sinceMillis: number;
  readonly retryAfterMillis: number | undefined;
  readonly operation?: string | undefined;
};

const pauseOf =
  (retryAfterMillis = 0) =>
  (refusals: number): number =>
    Math.min(longestPauseMillis, Math.max(shortestPauseMillis * 2 ** Math.min(6, refusals - 1), retryAfterMillis));

const untilOf = ({ sinceMillis, retryAfterMillis }: UpstreamRefusal): number =>
  sinceMillis + pauseOf(retryAfterMillis)(1);

const withOperation = (state: QuotaState, name: string, paused: PausedOperation): QuotaState => ({
  ...state,
  operations: { ...state.operations, [name]: paused },
});

/** How much of the budget the facade has used. */
const usageOf = (state: QuotaState, policy: QuotaPolicy, nowMillis: number) => {
  const believed = believedLimit(state, policy, nowMillis);
  return {
    configured: configuredLimit(state, policy, nowMillis),
    believed,
    used: Math.min(believed, usedAt(state.ledger, nowMillis)),
  };
};
type Usage = ReturnType<typeof usageOf>;

/**
 * Whether the refusal of an operation is about the budget, and not about the operation alone.
 * @param row the state of the operation, if this refusal follows another one in a row.
 */
const isAboutTheBudget = (
  state: QuotaState,
  usage: Usage,
  nowMillis: number,
  operation: string,
  row: PausedOperation | undefined,
): boolean => {
  if (usage.believed - usage.used <= Math.max(fewUnits, usage.believed * nearShare)) return true;
  const mostBetween = Math.max(fewUnits, usage.configured * betweenShare);
  const isTogether = Object.entries(state.operations ?? {}).some(
    ([name, other]) =>
      name !== operation && nowMillis - other.refusedMillis <= togetherMillis && other.others <= mostBetween,
  );
  const isAlone =
    row !== undefined && row.others <= fewUnits && (row.own >= fewUnits || row.refusals + 1 >= mostRefusalsAlone);
  return isTogether || isAlone;
};

/** Pauses all sends and takes the units that the facade had not used off the limit, because others have spent them. The limit then recovers gradually. */
const corrected = (
  state: QuotaState,
  { used, believed, configured }: Usage,
  nowMillis: number,
  pausedUntilMillis: number,
): QuotaState => {
  // At least a little. Otherwise the same refusal would follow as soon as the facade had used the assumed limit.
  const units = Math.min(configured, Math.max(configured - used, configured - believed + Math.ceil(configured * 0.02)));
  const operations = Object.entries(state.operations ?? {}).map(([name, one]) => [name, withoutOwnPause(one)] as const);
  return {
    ...state,
    pausedUntilMillis,
    cut: { units, sinceMillis: nowMillis },
    ...(operations.length > 0 ? { operations: Object.fromEntries(operations) } : {}),
  };
};

/**
 * The state after the upstream answered 429 to a send that the ledger allowed. A refusal of a send from before a pause, or one that is
 * reported too late, does not correct the budget. It only begins or lengthens a pause, if it asks for one that has not ended.
 */
export const afterUpstreamRefusal = (
  state: QuotaState,
  policy: QuotaPolicy,
  nowMillis: number,
  refusal: UpstreamRefusal,
): QuotaState => {
  const { sinceMillis, retryAfterMillis, operation } = refusal;
  const untilMillis = untilOf(refusal);
  const isOld = nowMillis - sinceMillis > newsMillis;
  // Many refusals come at once, so a pause that would become only slightly longer is not written.
  const isLonger = (thanMillis: number): boolean => untilMillis > Math.max(nowMillis, thanMillis + shortestPauseMillis);

  const isFromBefore = sinceMillis < state.pausedUntilMillis;
  if (isFromBefore || (isOld && operation === undefined))
    return isLonger(state.pausedUntilMillis) ? { ...state, pausedUntilMillis: untilMillis } : state;
  const usage = usageOf(state, policy, nowMillis);
  if (operation === undefined) return corrected(state, usage, nowMillis, untilMillis);

  const before = state.operations?.[operation];
  if (before && sinceMillis < before.resumesMillis)
    return isLonger(before.resumesMillis)
      ? withOperation(state, operation, { ...before, resumesMillis: untilMillis, nextMillis: untilMillis })
      : state;
  if (isOld && untilMillis <= nowMillis) return state;
  const row = isInARow(before, sinceMillis, usage.configured) ? before : undefined;
  const paused = withOperation(state, operation, refusedOperation(row, sinceMillis, pauseOf(retryAfterMillis)));
  if (isOld || !isAboutTheBudget(state, usage, nowMillis, operation, row)) return paused;
  return corrected(paused, usage, nowMillis, untilMillis);
};
