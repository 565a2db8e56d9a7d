/** Remembers look-ups of the registry in this instance. */
import type { Clock } from '../time/clock.ts';
import type { FoundConsumer } from './consumer.ts';

/**
 * Every instance sees a change of a consumer (suspension, scopes, a key created or revoked) after this time at the
 * latest.
 */
export const consumerFreshMillis = 30_000;
/** Unknown keys are remembered for a shorter time, so that a new key works soon. */
const unknownFreshMillis = 5_000;
/** Known and unknown keys are counted separately, so that guessed keys never displace real ones. */
const mostRemembered = 1_000;

type FoundPromise = Promise<FoundConsumer | undefined>;
type RememberedLookUp = { readonly found: FoundPromise; readonly freshUntilMillis: number };

export const createRemembered = (clock: Clock) => {
  const known = new Map<string, RememberedLookUp>();
  const unknown = new Map<string, RememberedLookUp>();

  const remember = (map: Map<string, RememberedLookUp>, name: string, entry: RememberedLookUp): void => {
    if (map.size >= mostRemembered) map.delete(map.keys().next().value as string);
    map.delete(name);
    map.set(name, entry);
  };

  const isFresh = (entry: RememberedLookUp | undefined): entry is RememberedLookUp =>
    entry !== undefined && entry.freshUntilMillis > clock.nowMillis();

  return {
    /**
     * The result of `lookUp`, now or recently. A failure is shared only with calls that already wait for it.
     * @param anew looks up now, and remembers the result.
     */
    get(name: string, lookUp: () => FoundPromise, anew = false): FoundPromise {
      const remembered = anew ? undefined : [known.get(name), unknown.get(name)].find(isFresh);
      if (remembered) return remembered.found;
      // The answer may be as old as its look-up, so its time counts from the start of the look-up.
      const askedAtMillis = clock.nowMillis();
      const found = lookUp();
      // Remembered as unknown until it is answered: concurrent calls wait for the same look-up.
      const asking = { found, freshUntilMillis: askedAtMillis + unknownFreshMillis };
      remember(unknown, name, asking);
      const forget = (): void => {
        if (unknown.get(name) === asking) unknown.delete(name);
      };
      found.then((consumer) => {
        if (!consumer) return void known.delete(name);
        forget();
        remember(known, name, { found, freshUntilMillis: askedAtMillis + consumerFreshMillis });
      }, forget);
      return found;
    },
  };
};
