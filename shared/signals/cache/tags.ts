/** Which purges end an entry, and which purges a write makes. docs/caching.md describes the same. */
import type { Tag } from '../../cache/store.ts';
import { everything, groupTag } from '../../cache/tags.ts';
import { entityOf, type OperationMatch } from '../../catalogue/catalogue.ts';
import { type Operation, unknownGroup } from '../../catalogue/operation.ts';
import type { AncestorsOf, WriteTexts, Written } from '../../exchange/cache-rules.ts';
import { entityTag, holdingRanks, idsIn, isGathered, isMaterial, rankOf } from './entity-id.ts';

export const classTag = (
  name:
    | 'entity'
    | 'listing'
    | 'listing-within'
    | 'search'
    | 'reference'
    | 'loose'
    | 'setting'
    /** Materials, containers and the like, as entities. */
    | 'material'
    /** Documents that show materials, samples or tasks in their cells. */
    | 'shows-records',
): Tag => `class-${name}`;
const rankTag = (rank: number): Tag => `rank-${rank}`;
/** Lists that show names of ancestors of this rank. */
const belowTag = (rank: number): Tag => `below-${rank}`;
/** The ranks that may be above an entity. */
const ranksAbove = (eid: string): readonly number[] => holdingRanks.filter((rank) => rank > (rankOf(eid) ?? 0));

/** Groups whose writes show nowhere else. */
const apart: ReadonlySet<string> = new Set(['tenant-notifications']);
/** Groups whose records appear in lists and searches, and in the cells of documents of other groups. */
const records = ['materials', 'inventory', 'monomers'];
/**
 * Groups of the tenant's settings, and operations outside the catalogue. Their writes may change anything, and no other
 * write changes them.
 */
const settings: ReadonlySet<string> = new Set([
  'users',
  'scim',
  'attributes',
  'system',
  'tenant-tokens',
  'fragments',
  unknownGroup,
]);
/** Users of contract partners, whose group has more than them: they are users, shown wherever people are. */
const isOfPartnerUsers = ({ path }: Operation): boolean => /^\/synergy\/cros\/.*users/i.test(path);
const changesSettings = (operation: Operation): boolean => settings.has(operation.group) || isOfPartnerUsers(operation);
/** Elements of notebooks that the catalogue counts among the materials. */
const isMaterialsTable = ({ path }: Operation): boolean => path.startsWith('/materialsTable/');

/**
 * Lists that contain only what is inside their entity. Links name entities from anywhere; tables of samples and tasks
 * collect them from elsewhere; `ancestors` shows the ancestors.
 */
const isWithin = ({ path }: Operation): boolean =>
  !/\/(relationships|ancestors)$|\/(sampleSummary|samplesTables|subexpSummary|tasks)\//.test(path);

/** The position of an element on a page, which every other element of its parent can move. */
const showsPlace = ({ path }: Operation): boolean => /\/layout\//.test(path);

/** Paths that show only their own data and that of people. Inventory shows its contents, samples included. */
const showsOnlyItself =
  /^(\/cro)?\/entities\/\{eid\}(\/(reviews|compliance)|\/(comments|shares|layout)\/.*)?$|^\/materials\//;

const tagsOfEntityRead = (operation: Operation, eid: string | undefined): readonly Tag[] => {
  const shown = showsOnlyItself.test(operation.path) ? [] : [classTag('shows-records')];
  if (eid === undefined) return [classTag('entity'), classTag('loose'), ...shown];
  const rank = rankOf(eid);
  const ranks = rank === undefined ? holdingRanks : holdingRanks.filter((one) => one === rank);
  const places = showsPlace(operation) ? [classTag('listing')] : [];
  return [classTag('entity'), ...ranks.map(rankTag), ...shown, ...places];
};

const tagsOfClass = (operation: Operation, eid: string | undefined): readonly Tag[] => {
  if (settings.has(operation.group)) return [classTag('setting')];
  if (operation.cache === 'listing') {
    const isOwn = eid !== undefined && isWithin(operation) && !showsPlace(operation);
    return [classTag(isOwn ? 'listing-within' : 'listing')];
  }
  if (operation.cache !== 'entity') return [classTag(operation.cache === 'search' ? 'search' : 'reference')];
  return tagsOfEntityRead(operation, eid);
};

/** Children contain the names of their ancestors, unless the caller asks for less. */
const showsAncestors = (operation: Operation, target: string): boolean =>
  operation.path.endsWith('/children') || /[?&]include=[^&]*ancestors/.test(target);

/** The purges that end an answer of this operation; `target` is its path with the query. */
export const tagsOfRead = (match: OperationMatch, target = ''): readonly Tag[] => {
  const { operation } = match;
  const eid = entityOf(match);
  return [
    everything,
    groupTag(operation.group),
    ...tagsOfClass(operation, eid),
    ...(eid !== undefined && showsAncestors(operation, target) ? ranksAbove(eid).map(belowTag) : []),
    ...(eid !== undefined && (isMaterial(eid) || rankOf(eid) === undefined) ? [classTag('material')] : []),
    ...(eid === undefined ? [] : [entityTag(eid)]),
  ];
};

/** Writes that change only one entity and its ancestors' times. */
const narrowWrites = [
  /^POST (\/cro)?\/entities$/,
  /^(PATCH|PUT|POST|DELETE) (\/cro)?\/entities\/\{eid\}\/(properties|children|attachment|relationships|comments|compliance|layout)\b/,
  /^(POST|PATCH|DELETE) (\/cro)?\/(adt|worksheet|hierarchicalTables|variationsTables|materialsTable)\//,
  /^PATCH (\/cro)?\/(samples|tasks)\/\{\w+\}\/properties\b/,
];
const synchronises = /[?&](syncData|syncUpdateToSample)=(?!false)/;
/** Writes whose body is somebody's file: what looks like an id in it names nothing. */
const carriesFile = /\/(children\/\{filename\}|attachment)$/;

/** More entities than this are purged as a class. */
const mostSubjects = 40;

const namedIn = ({ operation, request = '' }: Pick<Written, 'operation' | 'request'>): readonly string[] =>
  carriesFile.test(operation.path) ? [] : idsIn(request, mostSubjects);

const isNarrowWrite = (write: Written): boolean => {
  const { operation, target, request } = write;
  if (synchronises.test(target)) return false;
  if (!narrowWrites.some((pattern) => pattern.test(`${operation.method} ${operation.path}`))) return false;
  if (request === undefined && !carriesFile.test(operation.path)) return false;
  const named = namedIn(write);
  return named.length < mostSubjects && (entityOf(write) !== undefined || named.length > 0);
};

/** Lists, searches, and answers without a record. The sweep verifies none of them (records.ts). */
const shortLived: ReadonlySet<Tag> = new Set(
  (['listing', 'listing-within', 'search', 'loose'] as const).map((name) => classTag(name)),
);
const belowTags: ReadonlySet<Tag> = new Set(holdingRanks.map(belowTag));
/** Whether every answer that the tag ends lives for the published bound at most. An answer that shows names of ancestors does. */
export const isShortLived = (tag: Tag): boolean => shortLived.has(tag) || belowTags.has(tag);

const listsAndSearches = [classTag('listing'), classTag('search'), classTag('loose')];
const allEntities = [classTag('entity'), classTag('listing-within')];

const touchesRecords = ({ operation }: OperationMatch, eid: string | undefined): boolean =>
  records.includes(operation.group) || (eid !== undefined && isMaterial(eid));

const tagsOfRecords = [
  classTag('listing-within'),
  classTag('material'),
  classTag('shows-records'),
  ...records.map(groupTag),
];

/** A bare id, or an id of an unknown type, may be that of any record. */
const belowTagsOf = (eid: string | undefined): readonly Tag[] => {
  if (eid === undefined) return [];
  const rank = rankOf(eid);
  return rank === undefined ? holdingRanks.map(belowTag) : rank === 0 ? [] : [belowTag(rank)];
};

const gathers = ({ path }: Operation): boolean => /^(\/cro)?\/(samples|tasks)\//.test(path);

/** The wide tags that a write purges whatever its outcome: known before it is sent. */
export const wideTagsOfWrite = (write: Written): readonly Tag[] => {
  const { operation } = write;
  if (apart.has(operation.group)) return [groupTag(operation.group)];
  if (changesSettings(operation)) return [everything];
  const eid = entityOf(write);
  const ofRecords = touchesRecords(write, eid) ? tagsOfRecords : [];
  const isElsewhere = ofRecords.length > 0 && !isMaterialsTable(operation);
  if (isElsewhere) return [...listsAndSearches, ...ofRecords];
  const isGathering = gathers(operation) || [...(eid === undefined ? [] : [eid]), ...namedIn(write)].some(isGathered);
  return [
    ...listsAndSearches,
    ...ofRecords,
    ...(isNarrowWrite(write) ? belowTagsOf(eid) : allEntities),
    ...(isGathering ? [classTag('shows-records')] : []),
  ];
};

const aboveUnknown = (eid: string): readonly Tag[] =>
  rankOf(eid) === undefined ? allEntities : [...ranksAbove(eid).map(rankTag), classTag('listing-within')];

const tagsAbove = async (eid: string, ancestorsOf: AncestorsOf): Promise<readonly Tag[]> =>
  isMaterial(eid) ? [] : ((await ancestorsOf(eid))?.map(entityTag) ?? aboveUnknown(eid));

/** Purges of a write that touches only the entities it names and those above them. */
const tagsOfNarrowWrite = async (write: Written, answer: string, ancestorsOf: AncestorsOf): Promise<readonly Tag[]> => {
  const eid = entityOf(write);
  const changed = [...new Set([...(eid === undefined ? [] : [eid]), ...namedIn(write)])];
  const answered = idsIn(answer, mostSubjects);
  if (answered.length >= mostSubjects) return allEntities;
  // Ids that the answer only mentions need no ancestors. Only the write's entity, and the parents that a creation
  // names, need them.
  const above = await Promise.all(changed.map((one) => tagsAbove(one, ancestorsOf)));
  const subjects = [...changed, ...answered];
  const shown = answered.some(isGathered) ? [classTag('shows-records')] : [];
  return [...subjects.map(entityTag), ...above.flat(), ...shown];
};

/** All purges that a write makes. Ancestors are read after the answer, so that a move in between is seen. */
export const tagsOfWrite = async (
  match: OperationMatch,
  texts: WriteTexts,
  ancestorsOf: AncestorsOf,
): Promise<readonly Tag[]> => {
  const write: Written = { ...match, target: texts.target, request: texts.request };
  const wide = wideTagsOfWrite(write);
  if (apart.has(match.operation.group) || changesSettings(match.operation)) return wide;
  const eid = entityOf(match);
  const own = eid === undefined ? [] : [entityTag(eid)];
  if (!isNarrowWrite(write)) {
    // Materials are purged as a class: an import may name hundreds.
    const named = namedIn(write).filter((one) => !isMaterial(one));
    return [...new Set([...wide, ...named.map(entityTag), ...own])];
  }
  const entities = texts.answer === undefined ? allEntities : await tagsOfNarrowWrite(write, texts.answer, ancestorsOf);
  return [...new Set([...wide, ...entities, ...own])];
};
