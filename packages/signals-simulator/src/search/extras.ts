/** Parts of the index from other topics: tags of inventory items, the library of a material, structures. */
import type { Entity } from '../tenant/model.ts';
import type { Tag } from './index-entry.ts';

export interface SearchExtras {
  tagOf(entity: Entity, name: string): Tag | undefined;
  allTags(entity: Entity): Iterable<readonly [string, Tag]>;
  assetTypeOf(entity: Entity): string | undefined;
  /** SMILES of an entity that carries a structure. */
  smilesOf(entity: Entity): string | undefined;
}

/** SMILES of the first structure field. */
export const structureOf = ({ fields }: Entity): string | undefined => {
  for (const { definition, value } of fields)
    if (definition.type === 'structure' && typeof value === 'string') return value;
  return undefined;
};

export const plainExtras: SearchExtras = {
  tagOf: () => undefined,
  allTags: () => [],
  assetTypeOf: () => undefined,
  smilesOf: structureOf,
};
