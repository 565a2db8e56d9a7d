/** Touches tokens that nobody uses, long before the upstream forgets them, and finds out which are dead. */
import type { Envelope } from '../credentials/envelope.ts';
import type { Clock } from '../time/clock.ts';
import { type TokenEvents, type TokenEventType, tokenEvent } from './events.ts';
import type { PersonProbe, Probe } from './person-probe.ts';
import {
  dayMillis,
  diesAtMillisOf,
  recordOf,
  type TokenFacts,
  type TokenStore,
  touchAtMillisOf,
  warnAheadMillis,
} from './token.ts';
import { toCredential } from './user-tokens.ts';

/** A touch that has not ended by then has failed with its process; another may try. */
const claimMillis = 5 * 60_000;
const pageSize = 500;

export type KeepAliveParts = {
  readonly store: TokenStore;
  readonly envelope: Envelope;
  readonly probe: PersonProbe;
  readonly events: TokenEvents;
  readonly clock: Clock;
  /** Idle for so long, a token is touched. */
  readonly touchMillis: number;
  /** Touches in one run; the rest wait for the next, the longest idle first. */
  readonly mostTouches: number;
  readonly atOnce: number;
  readonly onFailure: (what: string, error: unknown) => void;
};

export type KeepAliveReport = {
  readonly living: number;
  readonly dead: number;
  readonly touched: number;
  /** Due, and left for the next run. */
  readonly left: number;
  readonly oldestIdleDays: number;
};

type Outcome = Probe['kind'] | 'taken' | 'failed';

export const createKeepAlive = (parts: KeepAliveParts) => {
  const { store, envelope, events, clock } = parts;

  const listAll = async (): Promise<TokenFacts[]> => {
    const tokens: TokenFacts[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.list(pageSize, cursor);
      tokens.push(...page.tokens);
      cursor = page.cursor;
    } while (cursor !== undefined);
    return tokens;
  };

  const raise = (type: TokenEventType, token: TokenFacts): void =>
    events.raise(tokenEvent(type, token, clock.nowMillis()));

  const touch = async (facts: TokenFacts): Promise<Outcome> => {
    const nowMillis = clock.nowMillis();
    if (!(await store.claim(facts, facts.version, nowMillis, nowMillis + claimMillis))) return 'taken';
    // Read after the claim: the listing may be old, and the token removed, used or replaced since.
    const token = await store.read(facts);
    if (!token?.sealed || token.version !== facts.version) return 'taken';
    if (token.lastUsedAtMillis > facts.lastUsedAtMillis) return 'taken';
    const secret = await envelope.open(recordOf(token), token.sealed);
    const { kind } = await parts.probe(toCredential(token, secret));
    if (kind === 'living') await store.used(token, token.version, clock.nowMillis());
    if (kind === 'dead' && (await store.markDead(token, token.version, clock.nowMillis()))) {
      raise('token.expired', token);
    }
    return kind;
  };

  const warn = async (token: TokenFacts): Promise<void> => {
    if (clock.nowMillis() < diesAtMillisOf(token) - warnAheadMillis) return;
    if (await store.markWarned(token, token.version, clock.nowMillis())) raise('token.expiring', token);
  };

  /** Never throws. */
  const lookAfter = async (token: TokenFacts): Promise<Outcome> => {
    try {
      const outcome = await touch(token);
      if (outcome === 'refused' || outcome === 'unknown') await warn(token);
      return outcome;
    } catch (error) {
      parts.onFailure('touching a token', error);
      await warn(token).catch((cause: unknown) => parts.onFailure('warning of a token', cause));
      return 'failed';
    }
  };

  /** Those whose turn does not come: a warning needs no budget. */
  const warnOnly = async (tokens: readonly TokenFacts[]): Promise<void> => {
    for (const token of tokens) {
      await warn(token).catch((error: unknown) => parts.onFailure('warning of a token', error));
    }
  };

  /** Works through `due` until its end, the deadline, or a refusal by the budget. */
  const touchAll = async (due: readonly TokenFacts[], deadlineMillis: number): Promise<Outcome[]> => {
    const outcomes: Outcome[] = [];
    const queue = [...due];
    const work = async (): Promise<void> => {
      while (clock.nowMillis() < deadlineMillis && !outcomes.includes('refused')) {
        const token = queue.shift();
        if (!token) return;
        outcomes.push(await lookAfter(token));
      }
    };
    await Promise.all(Array.from({ length: parts.atOnce }, work));
    await warnOnly(queue);
    return outcomes;
  };

  return {
    /**
     * One run: every token whose time has come is touched once, at most `mostTouches` of them, none after the deadline
     * (epoch milliseconds). Safe to run in several places at once.
     */
    async run(deadlineMillis: number): Promise<KeepAliveReport> {
      const tokens = await listAll();
      const living = tokens.filter(({ state }) => state === 'living');
      const nowMillis = clock.nowMillis();
      const due = living
        .filter((token) => touchAtMillisOf(token, parts.touchMillis) <= nowMillis)
        .sort((a, b) => a.lastUsedAtMillis - b.lastUsedAtMillis);
      const outcomes = await touchAll(due.slice(0, parts.mostTouches), deadlineMillis);
      await warnOnly(due.slice(parts.mostTouches));
      const settled = outcomes.filter((outcome) => outcome === 'living' || outcome === 'dead').length;
      const died = outcomes.filter((outcome) => outcome === 'dead').length;
      const oldestMillis = Math.min(nowMillis, ...living.map(({ lastUsedAtMillis }) => lastUsedAtMillis));
      return {
        living: living.length - died,
        dead: tokens.length - living.length + died,
        touched: settled,
        left: due.length - settled,
        oldestIdleDays: (nowMillis - oldestMillis) / dayMillis,
      };
    },
  };
};
