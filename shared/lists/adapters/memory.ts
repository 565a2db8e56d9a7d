import type { Copy, CopyStore, CsvFiles, Definition, DefinitionStore, Kind, Removal } from '../definition.ts';

export const createMemoryDefinitions = (): DefinitionStore => {
  const kept = new Map<string, Definition>();
  const keyOf = ({ kind, name }: Pick<Definition, 'kind' | 'name'>): string => `${kind}/${name}`;
  const noted = new Map<string, Removal>();
  const noteOf = ({ name, createdAtMillis }: Removal): string => `${name}/${createdAtMillis}`;
  const versionOf = (key: string): number => kept.get(key)?.version ?? 0;
  return {
    read: async (kind: Kind, name: string) => structuredClone(kept.get(keyOf({ kind, name }))),
    list: async (kind) =>
      structuredClone(
        [...kept.values()]
          .filter((definition) => definition.kind === kind)
          .sort((one, other) => (one.name < other.name ? -1 : 1)),
      ),
    async write(definition, insteadOf) {
      const key = keyOf(definition);
      if (versionOf(key) !== insteadOf) return false;
      kept.set(key, structuredClone(definition));
      return true;
    },
    async remove(definition) {
      const key = keyOf(definition);
      if (versionOf(key) !== definition.version) return false;
      return kept.delete(key);
    },
    noteRemoval: async (removal) => void noted.set(noteOf(removal), removal),
    removals: async () => [...noted.values()],
    forgetRemoval: async (removal) => void noted.delete(noteOf(removal)),
  };
};

export const createMemoryCopies = (): CopyStore => {
  const kept = new Map<string, Copy>();
  return {
    read: async (key) => kept.get(key),
    async write(key, copy) {
      kept.set(key, { ...copy });
    },
    async remove(key) {
      kept.delete(key);
    },
  };
};

export const createMemoryCsvFiles = (): CsvFiles & { put(object: string, text: string): void } => {
  const files = new Map<string, Uint8Array>();
  return {
    read: async (object) => files.get(object),
    put: (object, text) => void files.set(object, Buffer.from(text)),
  };
};
