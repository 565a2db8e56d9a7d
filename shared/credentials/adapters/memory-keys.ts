import { isDeepStrictEqual } from 'node:util';
import type { ApiKey, KeyStore } from '../key.ts';

export const createMemoryKeyStore = (): KeyStore => {
  const kept = new Map<string, ApiKey>();
  const place = ({ upstream, slot }: Pick<ApiKey, 'upstream' | 'slot'>): string => `${upstream}#${slot}`;
  const find = (known: ApiKey): ApiKey | undefined => {
    const found = kept.get(place(known));
    return found?.id === known.id ? found : undefined;
  };
  return {
    list: async (upstream) => [...kept.values()].filter((key) => key.upstream === upstream),
    async add(key, mostKeys) {
      for (let slot = 1; slot <= mostKeys; slot += 1) {
        if ((kept.get(place({ ...key, slot }))?.id ?? key.id) !== key.id) continue;
        kept.set(place({ ...key, slot }), { ...key, slot });
        return true;
      }
      return false;
    },
    async change(known, change, guarded = []) {
      const found = find(known);
      if (!found || !guarded.every((name) => isDeepStrictEqual(found[name], known[name]))) return false;
      kept.set(place(known), { ...found, ...change } as ApiKey);
      return true;
    },
    async remove(known) {
      return find(known) !== undefined && kept.delete(place(known));
    },
  };
};
