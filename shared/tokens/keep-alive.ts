/** Touches idle tokens long before the upstream ends them, and finds out which are dead. */
import type { Envelope } from '../credentials/envelope.ts';
import type { Clock } from '../time/clock.ts';
import { type TokenEvents, type TokenEventType, tokenEvent } from './events.ts';
import { type FindHolder, isHolder } from './holder.ts';
import { type KeepAlivePlan, listTokens, oldestIdleDaysOf, planRun } from './keep-alive-plan.ts';
import type { PersonProbe, Probe } from './person-probe.ts';
import {
  dayMillis,
  diesAtMillisOf,
  givenUpAfterMillis,
  keyOf,
  recordOf,
  type TokenFacts,
  type TokenStore,
  warnAheadMillis,
} from './token.ts';
import { toCredential } from './user-tokens.ts';

const minuteMillis = 60_000;
const hourMillis = 60 * minuteMillis;
/** A touch that has not ended by then has failed with its process. Another instance may try. */
const claimMillis = 5 * minuteMillis;
/**
 * The pause after a touch that showed nothing: other tokens come first, and a failing tenant is not called again and
 * again.
 */
const pauseMillis = 6 * hourMillis;
/** The time between the first refusal and the one that counts. The hourly run can be a little early. */
const doubtMillis = hourMillis - 2 * minuteMillis;
/** After this many refusals and no accepted token, the tenant may be at fault rather than the tokens. */
const mostRefusals = 3;
/** How long a tenant that accepts no token at all is not believed. */
const longDoubtMillis = 6 * hourMillis;

export type KeepAliveParts = {
  readonly store: TokenStore;
  readonly envelope: Envelope;
  readonly probe: PersonProbe;
  readonly events: TokenEvents;
  readonly findHolder: FindHolder;
  readonly clock: Clock;
  /** After this idle time, a token is touched. */
  readonly touchMillis: number;
  /** Touches in one run; the rest wait for the next, the longest idle first. */
  readonly mostTouches: number;
  readonly atOnce: number;
  /** Waits between two touches, `atOnce` times side by side. */
  readonly pace: () => Promise<void>;
  readonly onFailure: (what: string, error: unknown) => void;
};

export type KeepAliveReport = {
  readonly living: number;
  readonly doubted: number;
  readonly dead: number;
  readonly touched: number;
  /** Due, and postponed to a later run. */
  readonly left: number;
  /** Removed, because their consumers no longer exist. */
  readonly orphaned: number;
  /** Records that could not be read. */
  readonly unreadable: number;
  /** 1 if the run stopped because the tenant accepted no token. */
  readonly brokenOff: number;
  readonly oldestIdleDays: number;
  /** Of each token that is not dead: days until the tenant ends it, 0 when they are over. */
  readonly daysLeft: readonly number[];
};

type TouchOutcome = Probe['kind'] | 'taken' | 'failed';

export const createKeepAlive = (parts: KeepAliveParts) => {
  const { store, envelope, events, clock } = parts;

  const raise = (type: TokenEventType, token: TokenFacts): void =>
    events.raise(tokenEvent(type, token, clock.nowMillis()));

  /**
   * The event is raised first and recorded second: a process that dies in between raises it twice rather than never.
   */
  const tell = async (token: TokenFacts): Promise<void> => {
    raise('token.expired', token);
    await store.markTold(token, token.version, clock.nowMillis());
  };

  const bury = async (token: TokenFacts): Promise<boolean> => {
    const isOurs = await store.markDead(token, token.version, clock.nowMillis());
    if (isOurs) await tell(token);
    return isOurs;
  };

  const warn = async (token: TokenFacts): Promise<void> => {
    const isEarly = clock.nowMillis() < diesAtMillisOf(token) - warnAheadMillis;
    if (isEarly || token.warnedAtMillis !== undefined) return;
    const isOurs = await store.markWarned(token, token.version, clock.nowMillis()).catch((error: unknown) => {
      // It may be marked all the same, and then nobody would tell it: told twice rather than never.
      raise('token.expiring', token);
      throw error;
    });
    if (isOurs) raise('token.expiring', token);
  };

  /** Runs `act` for one token. An error affects only that token. */
  const each = async (what: string, tokens: readonly TokenFacts[], act: (token: TokenFacts) => Promise<unknown>) => {
    for (const token of tokens) await act(token).catch((error: unknown) => parts.onFailure(what, error));
  };

  const touch = async (facts: TokenFacts): Promise<TouchOutcome> => {
    const nowMillis = clock.nowMillis();
    if (!(await store.claim(facts, facts.version, nowMillis, nowMillis + claimMillis))) return 'taken';
    // Read after the claim: the listing may be old, and the token removed, used or replaced since.
    const token = await store.read(facts);
    if (!token?.sealed || token.version !== facts.version) return 'taken';
    if (token.lastUsedAtMillis > facts.lastUsedAtMillis) return 'taken';
    const secret = await envelope.open(recordOf(token), token.sealed);
    const { kind } = await parts.probe(toCredential(token, secret));
    if (kind === 'living') await store.used(token, token.version, clock.nowMillis());
    if (kind === 'dead') await store.doubt(token, token.version, clock.nowMillis());
    return kind;
  };

  /** The touch showed nothing: warns in time, gives the token up in the end, and lets others go first. */
  const putOff = async (token: TokenFacts): Promise<TouchOutcome> => {
    const nowMillis = clock.nowMillis();
    if (nowMillis >= diesAtMillisOf(token) + givenUpAfterMillis && (await bury(token))) return 'dead';
    // Doubted tokens come last anyway, and no call uses them until the doubt is settled.
    if (token.state === 'living') await store.pause(token, token.version, nowMillis + pauseMillis);
    await warn(token);
    return 'unknown';
  };

  /** Never throws. */
  const lookAfter = async (token: TokenFacts): Promise<TouchOutcome> => {
    const outcome = await touch(token).catch((error: unknown): TouchOutcome => {
      parts.onFailure('touching a token', error);
      return 'failed';
    });
    if (outcome === 'refused') await each('warning of a token', [token], warn);
    if (outcome === 'unknown' || outcome === 'failed') await each('putting a token off', [token], putOff);
    return outcome;
  };

  /** Works through `queue` until its end, the deadline, a refusal by the budget, or too many by the tenant. */
  const touchAll = async (queue: readonly TokenFacts[], deadlineMillis: number) => {
    const waiting = [...queue];
    const outcomes: TouchOutcome[] = [];
    const refusedUpstream: TokenFacts[] = [];
    const isDistrusted = (): boolean => refusedUpstream.length >= mostRefusals && !outcomes.includes('living');
    const work = async (): Promise<void> => {
      while (clock.nowMillis() < deadlineMillis && !outcomes.includes('refused') && !isDistrusted()) {
        const token = waiting.shift();
        if (!token) return;
        const outcome = await lookAfter(token);
        outcomes.push(outcome);
        if (outcome === 'dead') refusedUpstream.push(token);
        if (waiting.length > 0) await parts.pace();
      }
    };
    await Promise.all(Array.from({ length: parts.atOnce }, work));
    return { outcomes, refusedUpstream, waiting, isDistrusted: isDistrusted() };
  };

  /** Marks tokens dead that were refused twice, long enough apart, by a tenant that can be believed. */
  const buryRefused = (refusedUpstream: readonly TokenFacts[], isDistrusted: boolean): Promise<void> => {
    const neededMillis = isDistrusted ? longDoubtMillis : doubtMillis;
    const sinceMillis = clock.nowMillis() - neededMillis;
    const refusedTwice = refusedUpstream.filter(({ doubtedAtMillis = Infinity }) => doubtedAtMillis <= sinceMillis);
    return each('burying a token', refusedTwice, bury);
  };

  /** Removes tokens of consumers that no longer exist, or that are new consumers with the same id. */
  const removeOrphans = async (tokens: readonly TokenFacts[]): Promise<TokenFacts[]> => {
    const holders = new Map<string, ReturnType<FindHolder>>();
    const orphans: TokenFacts[] = [];
    await each('looking for the consumer of a token', tokens, async (token) => {
      const holder = holders.get(token.consumerId) ?? parts.findHolder(token.consumerId);
      holders.set(token.consumerId, holder);
      if (isHolder(await holder, token)) return;
      orphans.push(token);
      await store.remove(keyOf(token), token.version);
    });
    return orphans;
  };

  const report = async (
    { due }: KeepAlivePlan,
    facts: Pick<KeepAliveReport, 'touched' | 'orphaned' | 'brokenOff'>,
  ): Promise<KeepAliveReport> => {
    const { tokens, unreadable } = await listTokens(store);
    const open = tokens.filter(({ state }) => state !== 'dead');
    const count = (state: TokenFacts['state']): number => tokens.filter((token) => token.state === state).length;
    return {
      ...facts,
      living: count('living'),
      doubted: count('doubted'),
      dead: count('dead'),
      left: due.length - facts.touched,
      unreadable,
      oldestIdleDays: oldestIdleDaysOf(open, clock.nowMillis()),
      daysLeft: open.map((token) => Math.max(0, Math.floor((diesAtMillisOf(token) - clock.nowMillis()) / dayMillis))),
    };
  };

  return {
    /**
     * One run: touches every due token once, at most `mostTouches` of them, none after the deadline (epoch
     * milliseconds). Safe to run in several places at once.
     */
    async run(deadlineMillis: number): Promise<KeepAliveReport> {
      const listed = (await listTokens(store)).tokens;
      const orphans = await removeOrphans(listed);
      const plan = planRun(
        listed.filter((token) => !orphans.includes(token)),
        { nowMillis: clock.nowMillis(), touchMillis: parts.touchMillis },
      );
      await each('telling of a dead token', plan.untold, tell);
      const ended = await touchAll(plan.due.slice(0, parts.mostTouches), deadlineMillis);
      await buryRefused(ended.refusedUpstream, ended.isDistrusted);
      // Postponed tokens: a warning needs no budget.
      await each('warning of a token', [...ended.waiting, ...plan.due.slice(parts.mostTouches), ...plan.paused], warn);
      return report(plan, {
        touched: ended.outcomes.filter((outcome) => outcome === 'living' || outcome === 'dead').length,
        orphaned: orphans.length,
        brokenOff: ended.isDistrusted ? 1 : 0,
      });
    },
  };
};
