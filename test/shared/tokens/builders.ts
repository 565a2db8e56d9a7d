/** What the tests of tokens prepare: a clock that stands still, a token, a linked world in memory. */

import { createMemoryEnvelope } from '../../../shared/credentials/adapters/memory-envelope.ts';
import type { Consumer } from '../../../shared/exchange/consumer.ts';
import type { Credential } from '../../../shared/exchange/credential.ts';
import { createMemoryOneTimeStore, createMemoryTokenStore } from '../../../shared/tokens/adapters/memory.ts';
import type { TokenEvent } from '../../../shared/tokens/events.ts';
import type { Probe } from '../../../shared/tokens/person-probe.ts';
import { recordOf, type Token, type TokenKey } from '../../../shared/tokens/token.ts';

export const hourMillis = 3_600_000;
export const dayMillis = 24 * hourMillis;
export const startMillis = Date.parse('2026-03-01T00:00:00Z');

export const consumerOf = (id: string, parts: Partial<Consumer> = {}): Consumer => ({
  id,
  incarnation: `${id}-1`,
  scopes: ['entities:*'],
  state: 'active',
  ...parts,
});
export const app = consumerOf('app');

export const anna: TokenKey = { upstream: 'signals', consumerId: 'app', incarnation: 'app-1', subject: 'anna' };

export const tokenOf = (parts: Partial<Token> = {}): Token => ({
  ...anna,
  version: 'v1',
  state: 'living',
  person: { id: '101', email: 'anna@example.com' },
  createdAtMillis: startMillis,
  lastUsedAtMillis: startMillis,
  ...parts,
});

export const createWorld = () => {
  let nowMillis = startMillis;
  let answer: Probe = { kind: 'living', person: { id: '101', email: 'anna@example.com' } };
  const events: TokenEvent[] = [];
  const probed: Credential[] = [];
  const failures: string[] = [];
  const consumers = new Map([app, consumerOf('other')].map((consumer) => [consumer.id, consumer]));
  const store = createMemoryTokenStore();
  const envelope = createMemoryEnvelope();
  return {
    store,
    envelope,
    once: createMemoryOneTimeStore(),
    clock: { nowMillis: () => nowMillis },
    events: { raise: (event: TokenEvent) => void events.push(event) },
    onFailure: (what: string) => void failures.push(what),
    linkUrl: async () => '',
    consumers,
    findHolder: async (id: string) => consumers.get(id),
    pace: async () => {},
    probe: async (credential: Credential): Promise<Probe> => {
      probed.push(credential);
      return answer;
    },
    /** What the world has seen. */
    seen: { events, probed, failures },
    wait: (millis: number) => {
      nowMillis += millis;
    },
    answerProbesWith: (next: Probe) => {
      answer = next;
    },
    async link(parts: Partial<Token> = {}, secret = 'the-token') {
      const token = tokenOf({ createdAtMillis: nowMillis, lastUsedAtMillis: nowMillis, ...parts });
      await store.put({ ...token, sealed: await envelope.seal(recordOf(token), secret) });
      return token;
    },
  };
};
export type World = ReturnType<typeof createWorld>;
