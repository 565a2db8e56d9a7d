import type { EntityDocument, EntityDocuments } from '../entity-document.ts';

export const createMemoryEntityDocuments = (): EntityDocuments => {
  const byEntity = new Map<string, EntityDocument>();
  return {
    read: async (entity) => structuredClone(byEntity.get(entity)),
    async write(document) {
      const before = byEntity.get(document.entity);
      if (before && before.asOfMillis > document.asOfMillis) return;
      byEntity.set(document.entity, structuredClone(document));
    },
  };
};
