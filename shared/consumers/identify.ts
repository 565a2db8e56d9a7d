/** Who calls: from the key in a request to a consumer, remembered for a short while in this instance. */
import { AppError } from '../errors/app-error.ts';
import type { Clock } from '../time/clock.ts';
import { type Consumer, type ConsumerRegistry, hashKey } from './consumer.ts';

/** A change of a consumer (suspension, scopes, a new key) is seen by every instance after this time at the latest. */
export const consumerFreshMillis = 30_000;
/** An unknown key is remembered shorter, so that a key just made works soon; long enough to spare the table a guesser. */
const unknownFreshMillis = 5_000;
const mostRemembered = 1_000;
/** Longer than any key that the facade issues; a longer header is no key. */
const longestKeyCharacters = 512;

type Remembered = { readonly consumer: Promise<Consumer | undefined>; freshUntilMillis: number };

export const createIdentifier = (registry: ConsumerRegistry, clock: Clock) => {
  const remembered = new Map<string, Remembered>();

  const lookUp = (keyHash: string): Promise<Consumer | undefined> => {
    const known = remembered.get(keyHash);
    if (known && known.freshUntilMillis > clock.nowMillis()) return known.consumer;
    const entry: Remembered = {
      consumer: registry.findByKeyHash(keyHash),
      freshUntilMillis: clock.nowMillis() + consumerFreshMillis,
    };
    entry.consumer.then(
      (consumer) => {
        if (!consumer) entry.freshUntilMillis = clock.nowMillis() + unknownFreshMillis;
      },
      () => remembered.delete(keyHash),
    );
    if (remembered.size >= mostRemembered) remembered.delete(remembered.keys().next().value as string);
    remembered.delete(keyHash);
    remembered.set(keyHash, entry);
    return entry.consumer;
  };

  return {
    /**
     * @param keys every value of the key header, as sent.
     * @throws AppError CONSUMER_UNKNOWN for no key, several, an unknown one, or a suspended consumer.
     */
    async identify(keys: readonly string[]): Promise<Consumer> {
      const [key] = keys;
      if (keys.length !== 1 || !key) {
        throw new AppError('CONSUMER_UNKNOWN', { detail: 'Send your facade key, once, in the x-api-key header.' });
      }
      const consumer = key.length > longestKeyCharacters ? undefined : await lookUp(hashKey(key));
      if (consumer?.state !== 'active') {
        throw new AppError('CONSUMER_UNKNOWN', {
          detail:
            'The key in x-api-key is not valid here. Facade keys come from the team that runs the facade; a key of the tenant itself does not work.',
        });
      }
      return consumer;
    },
  };
};
export type Identifier = ReturnType<typeof createIdentifier>;
