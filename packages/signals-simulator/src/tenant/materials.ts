/** Material libraries: their field lists and numbering, and which library an asset belongs to. */
import type { Entity, FieldDefinition } from './model.ts';

export const dataTypes = [
  'TEXT',
  'INTEGER',
  'DECIMAL',
  'MASS',
  'PERCENTAGE',
  'DATETIME',
  'CHEMICAL_DRAWING',
  'ATTACHED_FILE',
  'SEQUENCE',
  'LINK',
  'ATTRIBUTE',
] as const;
type DataType = (typeof dataTypes)[number];

export interface MaterialField {
  readonly definition: FieldDefinition;
  readonly dataType: DataType;
  readonly isMandatory: boolean;
  /** Absent for a single value; there is no data type of lists. */
  readonly collection?: 'LIST' | 'MULTI_SELECT';
}

/** Ids of fields are 24 hexadecimal digits. */
export const materialFieldId = (number: string): string => number.padStart(24, '5f1e00000000000000000000');

/** The id without its prefix, as attributes name assets and libraries. */
export const bareId = (id: string): string => id.slice(id.indexOf(':') + 1);

export interface Library {
  /** `assetType:<24 hex>` */
  readonly id: string;
  readonly name: string;
  readonly isChemical: boolean;
  /** Assets need a CAS number or a structure. */
  readonly needsIdentity: boolean;
  readonly assetFields: readonly MaterialField[];
  readonly batchFields: readonly MaterialField[];
  /** In front of the number of an asset, such as a blank. */
  readonly prefix: string;
  readonly digits: number;
  readonly assets: Entity[];
  /** Assets and batches by material id. */
  readonly byName: Map<string, Entity>;
}

export interface Materials {
  readonly libraries: Map<string, Library>;
  /** Library id by asset id. */
  readonly libraryOfAsset: Map<string, string>;
  readonly synonyms: Map<string, readonly string[]>;
  readonly images: Map<string, { readonly mediaType: string; readonly bytes: Buffer }>;
  /** Files of fields, by `entity id/field id`. */
  readonly attachments: Map<string, { readonly mediaType: string; readonly bytes: Buffer; readonly fileName: string }>;
  byName(name: string): Library | undefined;
}

export const createMaterials = (): Materials => {
  const libraries = new Map<string, Library>();
  return {
    libraries,
    libraryOfAsset: new Map(),
    synonyms: new Map(),
    images: new Map(),
    attachments: new Map(),
    byName: (name) => [...libraries.values()].find((library) => library.name === name),
  };
};

/** The library of an asset, a batch or the library itself. */
export const libraryOf = (materials: Materials, entity: Entity): Library | undefined => {
  if (entity.type === 'assetType') return materials.libraries.get(entity.id);
  const assetId = entity.type === 'batch' ? (entity.parentId ?? '') : entity.id;
  return materials.libraries.get(materials.libraryOfAsset.get(assetId) ?? '');
};

/** Adds an asset or batch to the library's indexes. */
export const index = (materials: Materials, library: Library, entity: Entity): void => {
  library.byName.set(entity.name, entity);
  if (entity.type !== 'asset') return;
  library.assets.push(entity);
  materials.libraryOfAsset.set(entity.id, library.id);
};

/** The next asset's number, with the library's prefix and digits. */
export const nextAssetName = (library: Library): string =>
  `${library.prefix}${String(library.assets.length + 1).padStart(library.digits, '0')}`;

export const nextBatchName = (asset: Entity, batchCount: number): string =>
  `${asset.name}-${String(batchCount + 1).padStart(4, '0')}`;
