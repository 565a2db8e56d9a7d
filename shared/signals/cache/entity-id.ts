/**
 * Ids of entities as they appear in paths and documents: `experiment:0b5c...`, `container:<uuid>:ivt`, or a bare uuid.
 */
import { nameTag } from '../../cache/tags.ts';

/** `experiment` of `experiment:e1`; undefined for a bare id. */
export const entityType = (eid: string): string | undefined => (eid.includes(':') ? eid.split(':')[0] : undefined);

/** Uuids and ids of materials: hexadecimal, so upper and lower case mean the same. */
const hexadecimal = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24})$/i;

/**
 * The id without its type, which all spellings of one entity share. Tags and keys use it. The upstream gets what the
 * caller wrote.
 */
export const bareId = (eid: string): string => {
  const bare = eid.includes(':') ? (eid.split(':')[1] ?? '') : eid;
  return hexadecimal.test(bare) ? bare.toLowerCase() : bare;
};

export const entityTag = (eid: string): string => nameTag(bareId(eid));

/** Types of records in libraries and inventory, not in notebooks. */
const materialTypeNames = [
  ...['asset', 'batch', 'assetType', 'monomer', 'monomerLibrary', 'container', 'location', 'order', 'materialOrder'],
];

/**
 * The rank of each type. An entity contains only entities of a lower rank, so a change can show in entities of a higher
 * one. Journals contain everything, requests contain experiments, experiments contain admin-defined objects, all of
 * these contain containers, and containers contain samples and tasks. These contain uploads, and worksheets contain
 * tables.
 */
const ranks: readonly (readonly [number, readonly string[]])[] = [
  [7, ['journal', 'collaboration']],
  [6, ['request', 'workOrder']],
  [5, ['experiment', 'paraexp', 'synergyExperiment', 'idea']],
  [4, ['ado']],
  [
    3,
    [
      ...['parasubexp', 'samplesContainer', 'paraSamplesGrid', 'taskContainer', 'linkedTaskContainer'],
      ...['plateContainer', 'designTable'],
    ],
  ],
  [2, ['sample', 'task', 'design']],
  [1, ['worksheet']],
  [
    0,
    [
      ...['text', 'chemicalDrawing', 'grid', 'materialsTable', 'variationsGrid', 'hierarchicalGrid', 'imageResource'],
      ...['uploadedResource', 'viewonly', 'excel', 'presentation', 'pdf', 'spotfiredxp', 'signals_spotfiredxp'],
      ...['paraLayout', 'paragrid', 'paraenum', 'extparaenum', 'referenceTable'],
      ...materialTypeNames,
    ],
  ],
];
const highestRank = 7;
/** The ranks of what can hold something. */
export const holdingRanks: readonly number[] = ranks.flatMap(([rank]) => (rank > 0 ? [rank] : []));

const rankOfType = new Map(ranks.flatMap(([rank, types]) => types.map((type) => [type.toLowerCase(), rank] as const)));

/** Undefined if the type is unknown: such an entity may have any rank. */
export const rankOf = (eid: string): number | undefined => rankOfType.get(entityType(eid)?.toLowerCase() ?? '');

/** Whether an entity can have no ancestor. */
export const isTop = (eid: string): boolean => rankOf(eid) === highestRank;

const materialTypes: ReadonlySet<string> = new Set(materialTypeNames.map((type) => type.toLowerCase()));
export const isMaterial = (eid: string): boolean => materialTypes.has(entityType(eid)?.toLowerCase() ?? '');

/** Samples and tasks also appear in tables that are not their ancestors. */
export const isGathered = (eid: string): boolean => ['sample', 'task'].includes(entityType(eid)?.toLowerCase() ?? '');

const typedId =
  /\b([A-Za-z_]{3,30}:(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{24}|[A-Za-z0-9_.-]{1,64}))(?::ivt)?"/g;

/** Starts of texts that name no record. Attributes are settings: only writes to settings change them, and those purge everything. */
const namesNoRecord = /^(https?|urn|mailto|data|attribute):/;

/** Ids of records that occur in a JSON text as whole strings, each once, at most `most`. */
export const idsIn = (text: string, most: number): readonly string[] => {
  const found = new Set<string>();
  for (const [, eid] of text.matchAll(typedId)) {
    if (eid === undefined || namesNoRecord.test(eid)) continue;
    found.add(eid);
    if (found.size >= most) break;
  }
  return [...found];
};
