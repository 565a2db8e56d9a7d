import {
  type CheckStore,
  placeOf,
  type Registration,
  type RegistrationStore,
  type Suspicion,
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
  const byId = new Map<string, Suspicion>();
  let position = '';
  return {
    suspect: async (suspicion) => void byId.set(suspicion.sampleId, { ...suspicion }),
    suspicions: async (limit) =>
      [...byId.values()].sort((one, other) => byText(one.sampleId, other.sampleId)).slice(0, limit),
    async clear({ sampleId, notedAtMillis }) {
      if (byId.get(sampleId)?.notedAtMillis === notedAtMillis) byId.delete(sampleId);
    },
    readPosition: async () => position,
    async writePosition(sampleId) {
      position = sampleId;
    },
  };
};
