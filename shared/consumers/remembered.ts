/** Answers of the registry, remembered in this instance. */
import type { Clock } from '../time/clock.ts';
import type { FoundConsumer } from './consumer.ts';

/** A change of a consumer (suspension, scopes, a key made or revoked) is seen by every instance after this time at the latest. */
export const consumerFreshMillis = 30_000;
/** An unknown key is remembered shorter, so that a key just made works soon. */
const unknownFreshMillis = 5_000;
/** Consumers and strangers are counted apart: guessed keys never push out real ones. */
const mostRemembered = 1_000;

type Found = Promise<FoundConsumer | undefined>;
type Entry = { readonly found: Found; readonly freshUntilMillis: number };

export const createRemembered = (clock: Clock) => {
  const known = new Map<string, Entry>();
  const unknown = new Map<string, Entry>();

  const remember = (map: Map<string, Entry>, name: string, entry: Entry): void => {
    if (map.size >= mostRemembered) map.delete(map.keys().next().value as string);
    map.delete(name);
    map.set(name, entry);
  };

  const isFresh = (entry: Entry | undefined): entry is Entry =>
    entry !== undefined && entry.freshUntilMillis > clock.nowMillis();

  return {
    /**
     * What `lookUp` found, now or a while ago. A failure is remembered for nobody but those who wait for it already.
     * @param anew asks now, whatever is remembered; what is found is remembered in its place.
     */
    get(name: string, lookUp: () => Found, anew = false): Found {
      const remembered = anew ? undefined : [known.get(name), unknown.get(name)].find(isFresh);
      if (remembered) return remembered.found;
      // The answer may be as old as its question: from then on its time is counted.
      const askedAtMillis = clock.nowMillis();
      const found = lookUp();
      // Until it is answered, an unknown one: callers that come meanwhile wait for the same answer.
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
