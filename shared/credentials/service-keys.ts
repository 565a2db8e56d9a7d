/** The facade's own keys for an upstream in one instance: remembered, replaced when refused, kept through outages. */
import { AppError, type ErrorFacts } from '../errors/app-error.ts';
import { storeRetrySeconds } from '../errors/store-failure.ts';
import type { Credential } from '../exchange/credential.ts';
import { isRefused, type SendOutcome, statusOf } from '../exchange/send-outcome.ts';
import type { Clock } from '../time/clock.ts';
import { withinMillis } from '../time/within.ts';
import type { AccountProbe } from './account-probe.ts';
import type { ServiceKeys } from './credential.ts';
import { type ApiKey, type KeyVault, openKey } from './key.ts';
import { principalOf, usableKeys } from './key-order.ts';
import { afterLimit, afterRefusal, afterUse, type Lesson } from './key-upkeep.ts';
import { createRemembered, type MemoryLimits, type Remembered } from './remembered.ts';

/**
 * Every instance sees a change of the records within `freshMillis`, and at once after a refused key; while the table or
 * KMS fails, within `heldMillis`.
 */
const usualLimits: MemoryLimits = {
  freshMillis: 300_000,
  heldMillis: 3_600_000,
  retryMillis: 5_000,
  patienceMillis: 2_000,
  mostMillis: 10_000,
};
/** How long this instance does not use a refused key, whatever the records say. */
const refusedMillis = 60_000;

/** How long a positive key check is reused, so that refused calls cannot trigger more than one check in 5 s. */
const confirmedMillis = 5_000;

/** Events for operators. */
export type KeyEvent =
  | { readonly kind: 'refused' | 'disabled'; readonly upstream: string; readonly id: string; readonly owner: string }
  | { readonly kind: 'unread' | 'unopened' | 'unwritten'; readonly upstream: string; readonly cause: unknown };

/** What an instance knows about one upstream. */
type Memory = {
  readonly keys: Remembered<readonly ApiKey[]>;
  /** By id: changes of a key since the records were read. */
  readonly learnt: Map<string, ApiKey>;
  /** By id: when this instance may use it again. */
  readonly refusedUntilMillis: Map<string, number>;
  /** By id: whether the upstream accepted the key when it was checked. */
  readonly confirmed: Map<string, { readonly isGood: Promise<boolean>; readonly atMillis: number }>;
  /** By id: a record that is encrypted anew has the same secret. */
  readonly secrets: Map<string, Remembered<string>>;
};

export type ServiceKeysOptions = {
  /** Called with events for operators, possibly often. It must not throw. */
  readonly tell?: (event: KeyEvent) => void;
  /** Checks a key after a 401, which may be about the call alone. Without it every 401 is about the key. */
  readonly confirm?: AccountProbe;
  readonly limits?: MemoryLimits;
};

const unavailable = (detail: string, facts: Pick<ErrorFacts, 'cause' | 'retryAfterSeconds'> = {}): AppError =>
  new AppError('CREDENTIAL_UNAVAILABLE', { ...facts, detail });

export const createServiceKeys = (
  vault: KeyVault,
  clock: Clock,
  { tell = () => {}, confirm, limits = usualLimits }: ServiceKeysOptions = {},
): ServiceKeys => {
  const memories = new Map<string, Memory>();

  const listAnew = async (upstream: string, { learnt, secrets }: Memory): Promise<readonly ApiKey[]> => {
    try {
      const keys = await vault.keys.list(upstream);
      learnt.clear();
      for (const id of secrets.keys()) if (!keys.some((key) => key.id === id)) secrets.delete(id);
      return keys;
    } catch (cause) {
      tell({ kind: 'unread', upstream, cause });
      throw cause;
    }
  };

  const memoryOf = (upstream: string): Memory => {
    const known = memories.get(upstream);
    if (known) return known;
    const memory: Memory = {
      keys: createRemembered((): Promise<readonly ApiKey[]> => listAnew(upstream, memory), clock, limits),
      learnt: new Map(),
      refusedUntilMillis: new Map(),
      confirmed: new Map(),
      secrets: new Map(),
    };
    memories.set(upstream, memory);
    return memory;
  };

  const withLearnt = ({ learnt }: Memory, keys: readonly ApiKey[]): readonly ApiKey[] =>
    keys.map((key) => learnt.get(key.id) ?? key);

  const usableHere = (memory: Memory, keys: readonly ApiKey[]): readonly ApiKey[] => {
    const nowMillis = clock.nowMillis();
    return usableKeys(withLearnt(memory, keys), nowMillis).filter(
      ({ id }) => (memory.refusedUntilMillis.get(id) ?? 0) <= nowMillis,
    );
  };

  const secretOf = (key: ApiKey, { keys, secrets }: Memory): Remembered<string> => {
    /** As last read, because it may have been encrypted anew. */
    const present = (): ApiKey => keys.held()?.find(({ id }) => id === key.id) ?? key;
    const open = (): Promise<string> =>
      openKey(vault, present()).catch((cause: unknown) => {
        tell({ kind: 'unopened', upstream: key.upstream, cause });
        throw cause;
      });
    const secret = secrets.get(key.id) ?? createRemembered(open, clock, limits);
    secrets.set(key.id, secret);
    return secret;
  };

  /** Decrypts the other keys in advance, so that one can replace a refused key while KMS fails. Not awaited. */
  const openAhead = (keys: readonly ApiKey[], memory: Memory): void => {
    for (const key of keys)
      void secretOf(key, memory)
        .read({ hasOther: true })
        .catch(() => {});
  };

  /** The best key that can be decrypted. Calls wait only briefly for one while another key's secret is in memory. */
  const openFirst = async (keys: readonly ApiKey[], memory: Memory): Promise<Credential> => {
    let failure: unknown;
    for (const [index, key] of keys.entries()) {
      const hasOther = keys.slice(index + 1).some(({ id }) => memory.secrets.get(id)?.held() !== undefined);
      try {
        const secret = await secretOf(key, memory).read({ hasOther });
        openAhead(keys.slice(index + 1), memory);
        return { kind: 'service', id: key.id, principal: principalOf(key), secret };
      } catch (cause) {
        failure = cause;
      }
    }
    throw unavailable('The facade could not decrypt its upstream credentials.', {
      retryAfterSeconds: storeRetrySeconds,
      cause: failure,
    });
  };

  const learn = async (key: ApiKey, memory: Memory, { change, guarded }: Lesson): Promise<void> => {
    // Recorded here at once, so that the next call does not write it again.
    memory.learnt.set(key.id, { ...key, ...change } as ApiKey);
    try {
      const written = await withinMillis(vault.keys.change(key, change, guarded), limits.patienceMillis);
      if (written && change.state === 'disabled') tell({ kind: 'disabled', ...key });
    } catch (cause) {
      tell({ kind: 'unwritten', upstream: key.upstream, cause });
    }
  };

  /** A key counts as accepted only if the account answers; otherwise it counts as refused. */
  const askAbout = async (key: ApiKey, memory: Memory, probe: AccountProbe): Promise<boolean> => {
    try {
      const secret = await secretOf(key, memory).read();
      const probed = await withinMillis(probe(secret), limits.patienceMillis);
      return probed.kind === 'accepted' && probed.accountId !== undefined;
    } catch {
      return false;
    }
  };

  /**
   * Whether the 401 was about the call. Then no key gets a cooldown, because one call could otherwise use up the pool.
   */
  const isStillGood = (key: ApiKey, memory: Memory): Promise<boolean> => {
    if (!confirm) return Promise.resolve(false);
    const nowMillis = clock.nowMillis();
    const last = memory.confirmed.get(key.id);
    if (last && last.atMillis + confirmedMillis > nowMillis) return last.isGood;
    const isGood = askAbout(key, memory, confirm);
    memory.confirmed.set(key.id, { isGood, atMillis: nowMillis });
    return isGood;
  };

  const refuse = async (key: ApiKey, memory: Memory, all: readonly ApiKey[]): Promise<void> => {
    if (await isStillGood(key, memory)) return;
    const nowMillis = clock.nowMillis();
    const isNew = (memory.refusedUntilMillis.get(key.id) ?? 0) <= nowMillis;
    memory.refusedUntilMillis.set(key.id, nowMillis + refusedMillis);
    if (isNew) tell({ kind: 'refused', ...key });
    const lesson = afterRefusal(key, all, nowMillis);
    if (lesson) await learn(key, memory, lesson);
    memory.keys.doubt();
  };

  const note = async (upstream: string, id: string, outcome: SendOutcome): Promise<void> => {
    const status = statusOf(outcome);
    const memory = memoryOf(upstream);
    const all = withLearnt(memory, memory.keys.held() ?? []);
    const key = all.find((known) => known.id === id);
    if (!key || status === undefined) return;
    if (isRefused(outcome)) return refuse(key, memory, all);
    const nowMillis = clock.nowMillis();
    const lesson = status === 429 ? afterLimit(key, nowMillis) : afterUse(key, nowMillis, status);
    if (lesson) await learn(key, memory, lesson);
  };

  return {
    async choose(upstream) {
      const memory = memoryOf(upstream);
      const suffices = (keys: readonly ApiKey[]): boolean => usableHere(memory, keys).length > 0;
      const keys = await memory.keys.read({ suffices }).catch((cause: unknown) => {
        throw unavailable('The facade could not read its upstream credentials.', {
          retryAfterSeconds: storeRetrySeconds,
          cause,
        });
      });
      const usable = usableHere(memory, keys);
      if (usable.length > 0) return openFirst(usable, memory);
      throw keys.length > 0
        ? unavailable(
            "The upstream refused the facade's own credentials, or they have ended. The operators have to renew them.",
            { retryAfterSeconds: Math.ceil(refusedMillis / 1_000) },
          )
        : unavailable(
            `No credential for ${upstream} has been put in yet. The operators do that with: npm run operator -- put-credential`,
          );
    },
    observe: (upstream, { id }, outcome) => note(upstream, id, outcome),
  };
};
