/** A pool of keys on memory stores. Its parts can be made to fail. Its clock does not move. */

import type { AccountProbe } from '../../../shared/credentials/account-probe.ts';
import { createMemoryEnvelope } from '../../../shared/credentials/adapters/memory-envelope.ts';
import { createMemoryKeyStore } from '../../../shared/credentials/adapters/memory-keys.ts';
import type { Envelope } from '../../../shared/credentials/envelope.ts';
import type { ApiKey, KeyStore } from '../../../shared/credentials/key.ts';
import { createKeyAdmin } from '../../../shared/credentials/key-admin.ts';
import { createServiceKeys, type KeyEvent } from '../../../shared/credentials/service-keys.ts';
import type { Credential } from '../../../shared/exchange/credential.ts';
import type { SendOutcome } from '../../../shared/exchange/send-outcome.ts';

export const minuteMillis = 60_000;
export const hourMillis = 60 * minuteMillis;

/** How a part answers: as it should, with an error, or never. */
type Health = 'well' | 'failing' | 'hanging';

const answering = async <T>(health: Health, answer: () => Promise<T>): Promise<T> => {
  if (health === 'failing') throw new Error('out of order');
  if (health === 'hanging') return new Promise<never>(() => {});
  return answer();
};

/** Real time after which an attempt of an instance that hangs has been given up. */
export const longestAttemptMillis = 120;

export const createWorld = () => {
  let nowMillis = Date.parse('2026-03-01T00:00:00Z');
  const clock = { nowMillis: () => nowMillis };
  const health: Record<'reads' | 'writes' | 'kms', Health> = { reads: 'well', writes: 'well', kms: 'well' };
  const counts = { reads: 0, writes: 0, opens: 0 };
  let gate: Promise<void> | undefined;
  const [store, sealer] = [createMemoryKeyStore(), createMemoryEnvelope()];
  const keys: KeyStore = {
    ...store,
    list(upstream) {
      counts.reads += 1;
      return answering(health.reads, async () => {
        const seen = await store.list(upstream);
        await gate;
        return seen;
      });
    },
    change(known, change, guarded) {
      counts.writes += 1;
      return answering(health.writes, () => store.change(known, change, guarded));
    },
  };
  const envelope: Envelope = {
    seal: sealer.seal,
    open(record, sealed) {
      counts.opens += 1;
      return answering(health.kms, () => sealer.open(record, sealed));
    },
  };
  const events: KeyEvent[] = [];
  return {
    clock,
    health,
    counts,
    events,
    store,
    admin: createKeyAdmin({ keys: store, envelope: sealer }, clock),
    advance(millis: number): void {
      nowMillis += millis;
    },
    /** Readings see the records as they are, and arrive when released. */
    holdReads(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return () => {
        gate = undefined;
        resolve();
      };
    },
    /** The keys as one instance of a function uses them. Waits are short: tests that make it wait would be slow. */
    instance: (confirm?: AccountProbe) =>
      createServiceKeys({ keys, envelope }, clock, {
        ...(confirm ? { confirm } : {}),
        tell: (event) => void events.push(event),
        limits: {
          freshMillis: 5 * minuteMillis,
          heldMillis: hourMillis,
          retryMillis: 5_000,
          patienceMillis: 20,
          mostMillis: 100,
        },
      }),
    keyOf: async (id: string): Promise<ApiKey> => {
      const found = (await store.list('signals')).find((key) => key.id === id);
      if (!found) throw new Error(`no key ${id}`);
      return found;
    },
  };
};

export const outcome = (status: number | undefined): SendOutcome =>
  status === undefined ? { kind: 'lost' } : { kind: 'answered', status };

export const addKey = (world: ReturnType<typeof createWorld>, secret: string, owner = 'svc-eln', rank?: number) =>
  world.admin.add({ upstream: 'signals', owner, secret, rank });

/** Sends once as the pipeline does: up to three keys, another one after each 401. Gives the secret that was accepted. */
export const sendAs = async (
  keys: ReturnType<ReturnType<typeof createWorld>['instance']>,
  accepts: (secret: string) => boolean,
): Promise<string> => {
  let refused: Credential | undefined;
  for (let tries = 1; tries <= 3; tries += 1) {
    const credential = await keys.choose('signals');
    if (credential.secret === refused?.secret) break;
    const isAccepted = accepts(credential.secret);
    await keys.observe('signals', credential, outcome(isAccepted ? 200 : 401));
    if (isAccepted) return credential.secret;
    refused = credential;
  }
  throw new Error('all refused');
};
