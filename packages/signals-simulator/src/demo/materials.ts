/** Libraries of the demo tenant: compounds with 12,000 batches, some created in the same instant. */
import {
  index,
  type Library,
  type MaterialField,
  materialFieldId,
  nextAssetName,
  nextBatchName,
} from '../tenant/materials.ts';
import type { Entity, Field, FieldType } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { demoStartMillis } from './people.ts';

export const materialField = (
  id: string,
  name: string,
  dataType: MaterialField['dataType'],
  more: { options?: string[]; units?: string[]; isMandatory?: boolean; isMulti?: boolean; attributeId?: string } = {},
): MaterialField => {
  const types: Partial<Record<MaterialField['dataType'], FieldType>> = {
    INTEGER: 'integer',
    DECIMAL: 'number',
    MASS: 'unit',
    PERCENTAGE: 'unit',
    DATETIME: 'datetime',
    LINK: 'link',
    CHEMICAL_DRAWING: 'structure',
  };
  const { options, units, isMandatory = false, isMulti = false, attributeId } = more;
  const listType = isMulti ? 'multiSelect' : 'list';
  return {
    dataType,
    isMandatory,
    ...(options === undefined ? {} : { collection: isMulti ? 'MULTI_SELECT' : 'LIST' }),
    definition: {
      id: materialFieldId(id),
      name,
      type: options === undefined ? (types[dataType] ?? 'text') : listType,
      isRequired: isMandatory,
      ...(options ? { options } : {}),
      ...(units ? { units } : {}),
      ...(attributeId ? { attributeId } : {}),
    },
  };
};

const batchFields: readonly MaterialField[] = [
  materialField('b1', 'Amount', 'MASS', { units: ['g', 'mg', 'kg'] }),
  materialField('b2', 'Purity', 'PERCENTAGE', { units: ['%'] }),
  materialField('b3', 'Supplier', 'TEXT'),
  materialField('b4', 'Received', 'DATETIME'),
];

const chemicalFields: readonly MaterialField[] = [
  materialField('a1', 'Chemical Name', 'TEXT'),
  materialField('a2', 'Structure', 'CHEMICAL_DRAWING'),
  materialField('a3', 'CAS Number', 'TEXT'),
  materialField('a4', 'Molecular Weight', 'DECIMAL'),
  materialField('a5', 'Stock Class', 'TEXT', { options: ['A', 'B', 'C'] }),
];

const biologicalFields: readonly MaterialField[] = [
  materialField('a1', 'Species', 'TEXT', { options: ['Human', 'Mouse', 'Rat'], isMandatory: true }),
  materialField('a2', 'Passage', 'INTEGER'),
  materialField('a6', 'Sequence', 'SEQUENCE'),
  materialField('a7', 'Certificate', 'ATTACHED_FILE'),
  materialField('a8', 'Markers', 'TEXT', { options: ['CD4', 'CD8', 'CD19'], isMulti: true }),
  materialField('a9', 'Department', 'ATTRIBUTE', { attributeId: 'attribute:2' }),
];

const chains = ['C', 'CC', 'CCC', 'CCO', 'CCN', 'c1ccccc1', 'CC(=O)O', 'C1CCCCC1'];
const smilesOf = (number: number) =>
  `${'C'.repeat(number % 12)}${chains[number % chains.length]}${number % 3 === 0 ? 'O' : ''}`;

const addLibrary = (
  tenant: Tenant,
  number: number,
  name: string,
  isChemical: boolean,
  more: Partial<Library> = {},
): Library => {
  const library: Library = {
    id: `assetType:${String(number).padStart(24, '5f1e00000000')}`,
    name,
    isChemical,
    needsIdentity: false,
    assetFields: isChemical ? chemicalFields : biologicalFields,
    batchFields,
    prefix: '',
    digits: 4,
    assets: [],
    byName: new Map(),
    ...more,
  };
  tenant.materials.libraries.set(library.id, library);
  tenant.entities.load({ id: library.id, type: 'assetType', name, createdBy: '100', createdAtMillis: demoStartMillis });
  return library;
};

const materialId = (type: string, library: number, number: number) =>
  `${type}:5f1e${library}${String(number).padStart(19, '0')}`;

const assetValues = (number: number): readonly (string | number)[] => [
  `Compound ${number}`,
  smilesOf(number),
  `${50 + (number % 900)}-${10 + (number % 89)}-${number % 10}`,
  100 + (number % 400) / 4,
  ['A', 'B', 'C'][number % 3] ?? 'A',
];

const cellValues = (number: number): readonly (string | number)[] => [
  ['Human', 'Mouse', 'Rat'][number % 3] ?? 'Human',
  number % 30,
  '',
  '',
];
const batchValues = (number: number): readonly string[] => [
  `${1 + (number % 50)} g`,
  `${90 + (number % 10)} %`,
  `Supplier ${number % 7}`,
  '2026-01-20T00:00:00.000Z',
];

const fieldsFrom = (fields: readonly MaterialField[], values: readonly (string | number)[]): Field[] =>
  fields.map(({ definition }, place) => ({ definition, value: values[place] ?? '' }));

/** Ten batches in a row share one instant, so that keyset paging meets ties. */
const instantOf = (number: number) => demoStartMillis + Math.floor(number / 10) * 60_000;

const fill = (tenant: Tenant, library: Library, number: number, assetCount: number, batchesEach: number) => {
  const { materials, entities } = tenant;
  for (let asset = 0; asset < assetCount; asset += 1) {
    const made: Entity = entities.load({
      id: materialId('asset', number, asset + 1),
      type: 'asset',
      name: nextAssetName(library),
      createdBy: '102',
      createdAtMillis: instantOf(asset * batchesEach),
      fields: fieldsFrom(library.assetFields, library.isChemical ? assetValues(asset + 1) : cellValues(asset + 1)),
    });
    index(materials, library, made);
    for (let batch = 0; batch < batchesEach; batch += 1)
      index(
        materials,
        library,
        entities.load({
          id: materialId('batch', number, asset * batchesEach + batch + 1),
          type: 'batch',
          name: nextBatchName(made, batch),
          createdBy: '103',
          parentId: made.id,
          createdAtMillis: instantOf(asset * batchesEach + batch),
          fields: fieldsFrom(library.batchFields, batchValues(asset + batch)),
        }),
      );
  }
};

export const loadMaterials = (tenant: Tenant, compounds: number): void => {
  fill(tenant, addLibrary(tenant, 1, 'Compounds', true), 1, compounds, 3);
  fill(tenant, addLibrary(tenant, 2, 'Reagents (SNB)', true, { prefix: ' ', needsIdentity: true }), 2, 40, 1);
  fill(tenant, addLibrary(tenant, 3, 'Cell Lines', false), 3, 30, 2);
};
