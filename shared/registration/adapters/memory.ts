import {
  type CheckStore,
  placeOf,
  placeOfSuspicion,
  type Registration,
  type RegistrationStore,
  type Suspicion,
  type Walk,
} from '../registration.ts';

const byText = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

export const createMemoryRegistrationStore = (): RegistrationStore => {
  const byId = new Map<string, Registration>();
  const sorted = (keyOf: (record: Registration) => string | undefined, after: string): Registration[] =>
    [...byId.values()]
      .filter((record) => (keyOf(record) ?? '') > after)
      .sort((one, other) => byText(keyOf(one) ?? '', keyOf(other) ?? ''));
  return {
    read: async (sampleId) => structuredClone(byId.get(sampleId)),
    async write(registration, versionBefore) {
      if ((byId.get(registration.sampleId)?.version ?? 0) !== versionBefore) return false;
      byId.set(registration.sampleId, structuredClone(registration));
      return true;
    },
    async remove(sampleId, version) {
      if (byId.get(sampleId)?.version !== version) return false;
      return byId.delete(sampleId);
    },
    known: async (sampleIds) =>
      structuredClone([...new Set(sampleIds)].flatMap((sampleId) => byId.get(sampleId) ?? [])),
    walk: async (afterId, limit) => structuredClone(sorted(({ sampleId }) => sampleId, afterId).slice(0, limit)),
    async drifted(limit, cursor = '') {
      const rest = sorted(placeOf, cursor);
      const registrations = structuredClone(rest.slice(0, limit));
      const last = registrations.at(-1);
      return { registrations, cursor: rest.length > limit && last ? placeOf(last) : undefined };
    },
  };
};

export const createMemoryCheckStore = (): CheckStore => {
  const byPlace = new Map<string, Suspicion>();
  const positions = new Map<Walk, string>();
  const isStill = (suspicion: Suspicion): boolean =>
    byPlace.get(placeOfSuspicion(suspicion))?.notedAtMillis === suspicion.notedAtMillis;
  return {
    suspect: async (suspicion) => void byPlace.set(placeOfSuspicion(suspicion), { ...suspicion }),
    suspicions: async (limit, behind = '') =>
      [...byPlace]
        .filter(([place]) => place > behind)
        .sort(([one], [other]) => byText(one, other))
        .slice(0, limit)
        .map(([, suspicion]) => ({ ...suspicion })),
    async clear(suspicion) {
      if (isStill(suspicion)) byPlace.delete(placeOfSuspicion(suspicion));
    },
    async postpone(suspicion) {
      if (isStill(suspicion)) byPlace.set(placeOfSuspicion(suspicion), { ...suspicion });
    },
    readPosition: async (walk) => positions.get(walk) ?? '',
    writePosition: async (walk, position) => void positions.set(walk, position),
  };
};
