/** Which purges end an answer, and which purges a write makes. docs/caching.md tells the same in prose. */
import type { OperationMatch } from '../catalogue/catalogue.ts';
import { type Operation, unknownGroup } from '../catalogue/operation.ts';
import { entityTag, highestRank, idsIn, rankOf } from './entity-id.ts';
import type { Tag } from './store.ts';

/** Wide tags. */
export const everything: Tag = 'all';
export const groupTag = (group: string): Tag => `group-${group}`;
const classTag = (name: 'entity' | 'listing' | 'listing-within' | 'search' | 'reference' | 'loose' | 'setting'): Tag =>
  `class-${name}`;
const rankTag = (rank: number): Tag => `rank-${rank}`;

/** Groups whose writes show nowhere else. */
const apart: ReadonlySet<string> = new Set(['notifications']);
/** Groups whose records stand in lists and searches, but not inside the documents of other groups. */
const records: ReadonlySet<string> = new Set(['materials', 'inventory', 'monomers']);
/** Groups that set up the tenant, and what the catalogue does not know: their writes may change anything, and no other write changes them. */
const settings: ReadonlySet<string> = new Set(['users', 'scim', 'attributes', 'system', 'fragments', unknownGroup]);

export const entityOf = ({ operation, parameters }: OperationMatch): string | undefined =>
  operation.entity === undefined ? undefined : parameters[operation.entity];

/** Lists of links name entities from anywhere; every other list under an entity holds only what is within it. */
const isWithin = (operation: Operation): boolean => !operation.path.endsWith('/relationships');

const tagsOfClass = (operation: Operation, eid: string | undefined): readonly Tag[] => {
  if (settings.has(operation.group)) return [classTag('setting')];
  if (operation.cache === 'listing') {
    return [classTag(eid !== undefined && isWithin(operation) ? 'listing-within' : 'listing')];
  }
  if (operation.cache !== 'entity') return [classTag(operation.cache === 'search' ? 'search' : 'reference')];
  if (eid === undefined) return [classTag('entity'), classTag('loose')];
  const rank = rankOf(eid);
  return rank === undefined
    ? [classTag('entity'), ...[1, 2, 3].map(rankTag)]
    : [classTag('entity'), ...(rank > 0 ? [rankTag(rank)] : [])];
};

/** The purges that end an answer of this operation. */
export const tagsOfRead = (match: OperationMatch): readonly Tag[] => {
  const eid = entityOf(match);
  return [
    everything,
    groupTag(match.operation.group),
    ...tagsOfClass(match.operation, eid),
    ...(eid === undefined ? [] : [entityTag(eid)]),
  ];
};

/** Writes that change one entity and the times of those above it, and nothing else. */
const narrowWrites = [
  /^POST (\/cro)?\/entities$/,
  /^(PATCH|PUT|POST|DELETE) (\/cro)?\/entities\/\{eid\}\/(properties|children|attachment|relationships|comments|compliance|layout)\b/,
  /^(POST|PATCH|DELETE) (\/cro)?\/(adt|worksheet|hierarchicalTables|variationsTables)\//,
  /^PATCH (\/cro)?\/(samples|tasks)\/\{\w+\}\/properties\b/,
];
const synchronises = /[?&](syncData|syncUpdateToSample)=(?!false)/;

const isNarrowWrite = ({ method, path }: Operation, target: string): boolean =>
  !synchronises.test(target) && narrowWrites.some((pattern) => pattern.test(`${method} ${path}`));

const listsAndSearches = [classTag('listing'), classTag('search'), classTag('loose')];
/** More entities than this are purged as a class. */
const mostSubjects = 40;

/** Texts of a write in which entities are named. */
export type WriteTexts = { readonly target: string; readonly request: string; readonly answer: string };
export type AncestorsOf = (eid: string) => Promise<readonly string[] | undefined>;

const aboveUnknown = (eid: string): readonly Tag[] => {
  const rank = rankOf(eid);
  if (rank === undefined) return [classTag('entity'), classTag('listing-within')];
  const higher = [1, 2, 3].filter((one) => one > rank && one <= highestRank);
  return [...higher.map(rankTag), classTag('listing-within')];
};

const tagsAbove = async (eid: string, ancestorsOf: AncestorsOf): Promise<readonly Tag[]> =>
  (await ancestorsOf(eid))?.map(entityTag) ?? aboveUnknown(eid);

/** Purges of a write that touches only the entities it names and those above them. */
const tagsOfNarrowWrite = async (
  eid: string | undefined,
  texts: WriteTexts,
  ancestorsOf: AncestorsOf,
): Promise<readonly Tag[]> => {
  const named = [...idsIn(texts.request, mostSubjects), ...idsIn(texts.answer, mostSubjects)];
  const subjects = [...new Set([...(eid === undefined ? [] : [eid]), ...named])];
  if (subjects.length === 0 || subjects.length >= mostSubjects) return [classTag('entity'), classTag('listing-within')];
  // What a write names in passing needs no look upwards: only what it is about, and the parents that a creation names.
  const changed = [...new Set([...(eid === undefined ? [] : [eid]), ...idsIn(texts.request, mostSubjects)])];
  const above = await Promise.all(changed.map((one) => tagsAbove(one, ancestorsOf)));
  return [...subjects.map(entityTag), ...above.flat()];
};

/** The purges that a write makes, apart from the entity in its path, which is marked while it is being written. */
export const tagsOfWrite = async (
  match: OperationMatch,
  texts: WriteTexts,
  ancestorsOf: AncestorsOf,
): Promise<readonly Tag[]> => {
  const { operation } = match;
  const { group } = operation;
  if (apart.has(group)) return [groupTag(group)];
  if (settings.has(group)) return [everything];
  const eid = entityOf(match);
  const named = idsIn(texts.request, mostSubjects).map(entityTag);
  if (records.has(group))
    return [...new Set([...listsAndSearches, classTag('listing-within'), groupTag(group), ...named])];
  const entities = isNarrowWrite(operation, texts.target)
    ? await tagsOfNarrowWrite(eid, texts, ancestorsOf)
    : [classTag('entity'), classTag('listing-within'), ...named];
  return [...new Set([...listsAndSearches, ...entities, ...(eid === undefined ? [] : [entityTag(eid)])])];
};

/** What an event about an entity ends besides the answers about it. */
export const tagsOfEvent = (eid: string): readonly Tag[] => [...listsAndSearches, ...aboveUnknown(eid)];
