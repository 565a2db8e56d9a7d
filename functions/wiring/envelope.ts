/** Encrypts and decrypts secrets under the key of the stage. The client of KMS is loaded with the first secret. */
import type { Envelope } from '../../shared/credentials/envelope.ts';
import type { House } from '../house.ts';
import type { EnvelopeEnv } from './env.ts';
import { loadLater } from './load-later.ts';

// Pure: a function that has no secrets does not contain it.
const load = /* @__PURE__ */ loadLater('The client of KMS', () => import('./kms-envelope.ts'));

const makeEnvelope = (house: House<EnvelopeEnv>): Envelope => {
  const opened = async (): Promise<Envelope> => (await load()).openEnvelope(house);
  return {
    seal: async (record, secret) => (await opened()).seal(record, secret),
    open: async (record, sealed) => (await opened()).open(record, sealed),
  };
};

export const envelopeOf = (house: House<EnvelopeEnv>) => house.part(makeEnvelope);

/**
 * For a function whose first call decrypts a secret: loads the client's code during the start, and does not wait for it. A failure shows
 * with that secret.
 */
export const beginEnvelope = (): void => void load().catch(() => {});
