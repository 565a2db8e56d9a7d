/** Who calls: from the key in a request to a consumer, remembered for a short while in this instance. */
import { AppError } from '../errors/app-error.ts';
import type { Clock } from '../time/clock.ts';
import type { Headers } from '../upstream/upstream.ts';
import { type Caller, type Consumer, type ConsumerRegistry, hashKey } from './consumer.ts';

/** A change of a consumer (suspension, scopes, a new key) is seen by every instance after this time at the latest. */
export const consumerFreshMillis = 30_000;
/** An unknown key is remembered shorter, so that a key just made works soon. */
const unknownFreshMillis = 5_000;
/** Consumers and strangers are counted apart: guessed keys never push out real ones. */
const mostRemembered = 1_000;
/** Longer than any key that the facade issues; a longer header is no key. */
const longestKeyCharacters = 512;

type Remembered = { readonly consumer: Promise<Consumer | undefined>; readonly freshUntilMillis: number };

export const createIdentifier = (registry: ConsumerRegistry, clock: Clock) => {
  const known = new Map<string, Remembered>();
  const unknown = new Map<string, Remembered>();

  const remember = (map: Map<string, Remembered>, keyHash: string, entry: Remembered): void => {
    if (map.size >= mostRemembered) map.delete(map.keys().next().value as string);
    map.delete(keyHash);
    map.set(keyHash, entry);
  };

  const isFresh = (entry: Remembered | undefined): entry is Remembered =>
    entry !== undefined && entry.freshUntilMillis > clock.nowMillis();

  const lookUp = (keyHash: string): Promise<Consumer | undefined> => {
    const remembered = [known.get(keyHash), unknown.get(keyHash)].find(isFresh);
    if (remembered) return remembered.consumer;
    const consumer = registry.findByKeyHash(keyHash);
    // Until it is answered, an unknown one: callers that come meanwhile wait for the same answer.
    remember(unknown, keyHash, { consumer, freshUntilMillis: clock.nowMillis() + unknownFreshMillis });
    consumer.then(
      (found) => {
        if (!found) return;
        unknown.delete(keyHash);
        remember(known, keyHash, { consumer, freshUntilMillis: clock.nowMillis() + consumerFreshMillis });
      },
      () => unknown.delete(keyHash),
    );
    return consumer;
  };

  return {
    /**
     * @param headers of the request, names in lower case.
     * @throws AppError CONSUMER_UNKNOWN for no key, several, an unknown one, or a suspended consumer.
     */
    async identify(headers: Headers): Promise<Caller> {
      const keys = headers.filter(([name]) => name === 'x-api-key').map(([, value]) => value);
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
      return { consumer };
    },
  };
};
export type Identifier = ReturnType<typeof createIdentifier>;
