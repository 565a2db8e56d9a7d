/** Ids of entities as they stand in paths and documents: `experiment:0b5c...`, `container:<uuid>:ivt`, or a bare uuid. */

/** `experiment` of `experiment:e1`; undefined for a bare id. */
export const entityType = (eid: string): string | undefined => (eid.includes(':') ? eid.split(':')[0] : undefined);

/** Uuids and the ids of materials: hexadecimal, so that upper and lower case are one. */
const hexadecimal = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24})$/i;

/** What all spellings of one entity share: the id without its type. For tags and keys; upstream goes what the caller wrote. */
export const bareId = (eid: string): string => {
  const bare = eid.includes(':') ? (eid.split(':')[1] ?? '') : eid;
  return hexadecimal.test(bare) ? bare.toLowerCase() : bare;
};

export const entityTag = (eid: string): string => `entity:${bareId(eid)}`;

/**
 * How far up an entity can stand: an entity holds only entities of a lower rank, so a change can show in those above.
 * Types that are not listed hold nothing.
 */
const ranks: Readonly<Record<string, number>> = {
  journal: 3,
  experiment: 2,
  request: 2,
  paraexp: 2,
  synergyExperiment: 2,
  ado: 2,
  idea: 2,
  collaboration: 3,
  workOrder: 2,
  parasubexp: 1,
  samplesContainer: 1,
  taskContainer: 1,
  plateContainer: 1,
  designTable: 1,
};
export const highestRank = 3;

const rankOfType = new Map(Object.entries(ranks).map(([type, rank]) => [type.toLowerCase(), rank]));

/** Undefined for a bare id, whose type cannot be told. */
export const rankOf = (eid: string): number | undefined => {
  const type = entityType(eid)?.toLowerCase();
  return type === undefined ? undefined : (rankOfType.get(type) ?? 0);
};

/** Types of records that stand in libraries and stores, not in notebooks. */
const materialTypes: ReadonlySet<string> = new Set(
  ['asset', 'batch', 'assetType', 'monomer', 'monomerLibrary', 'container', 'location', 'order', 'materialOrder'].map(
    (type) => type.toLowerCase(),
  ),
);
export const isMaterial = (eid: string): boolean => materialTypes.has(entityType(eid)?.toLowerCase() ?? '');

/** Samples and tasks stand in tables that are not above them. */
export const isGathered = (eid: string): boolean => ['sample', 'task'].includes(entityType(eid)?.toLowerCase() ?? '');

const typedId =
  /\b([A-Za-z_]{3,30}:(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{24}|[A-Za-z0-9_.-]{1,64}))(?::ivt)?"/g;

/** Ids that stand in a JSON text as whole strings, each once, at most `most`. */
export const idsIn = (text: string, most: number): readonly string[] => {
  const found = new Set<string>();
  for (const [, eid] of text.matchAll(typedId)) {
    if (eid === undefined || /^(https?|urn|mailto|data):/.test(eid)) continue;
    found.add(eid);
    if (found.size >= most) break;
  }
  return [...found];
};
