/** Which members of a document hold a detail of a person. */
import { foldedName } from './spelling.ts';

/** `private` is personal by the name of its member; `other` is whatever else an object says that describes a person. */
export type Kind =
  | 'email'
  | 'given'
  | 'family'
  | 'user'
  | 'alias'
  | 'organization'
  | 'country'
  | 'phone'
  | 'private'
  | 'other';
/** `name` is a whole name, in one or more words, or an id; `operator` is one, or an ordinary word. */
export type DetailKind = Kind | 'name' | 'operator';

/** An object describes a person, or a part of one, such as an address. */
export type Belonging = 'person' | 'part' | undefined;

/** By the end of the folded name of a member, so that `contactEmail` and `Reviewer first name` are found too. */
const rules: readonly (readonly [RegExp, DetailKind])[] = [
  [/mail(address(es)?)?s?$/, 'email'],
  [/(first|given|middle|nick|fore|preferred)names?$|initials$/, 'given'],
  [/(last|family|maiden)names?$|surnames?$/, 'family'],
  [/(user|login|logon|account|principal)names?$|^(login|upn)$/, 'user'],
  [/(full|display|legal|real)names?$|^formatted$/, 'name'],
  [/^(user)?alias(es)?$/, 'alias'],
  [/(organi[sz]ation|employer|affiliation|company)(name)?s?$/, 'organization'],
  [/countr(y|ies)$/, 'country'],
  [/((phone|mobile|fax)(number|no|nr)?|contact(number|no|nr))s?$|^tel(number|no|nr)?s?$/, 'phone'],
  [
    /(street|postal|post|zip)(address|code)?$|(home|private)address(es)?$|birth(day|date|place|year)?s?$|^dob$|(gender|nationality|ssn)$|(employee|personnel|staff)(number|no|nr|code)$/,
    'private',
  ],
];

/** Such a member holds a person, or the name or id of one; in an object under it, `name` is a person's. */
const person =
  /(user|author|creator|owner|assignee|assignedto|reviewer|signer|signatory|requeste?r|requestor|submitter|person|people|contact|approver|witness|analyst|scientist|chemist|researcher|investigator|manager|supervisor|employee|technician|recipient|sender|inventor|responsible)(s|es)?$/;
/** Such a member often holds an ordinary word, such as `AND`, or `USER_ADDED` in `definedBy` (fields of libraries). */
const operator = /(operator|member|definedby)s?$/;
/** `createdBy`, `Prepared by`; but `groupBy` names a column. */
const doneBy = (name: string) => /[a-z\d]By$|[^a-z]by$/.test(name) || /(^|ed|[^a-z])by$/i.test(name);
const noActor = /(sort|sorted|order|ordered|group|grouped|filter|filtered|partition|divided|multiplied|defined)by$/;

const isPersonName = (name: string): boolean => {
  const folded = foldedName(name);
  return person.test(folded) || (doneBy(name) && !noActor.test(folded));
};

/** Words of names that are no name. They stand in other texts too. */
const noNames: ReadonlySet<string> = new Set(
  'system user admin administrator service account api the of and van von de der den del la le du da di el bin al dr prof mr mrs ms test demo http https mailto true false null none unknown unassigned'.split(
    ' ',
  ),
);
export const isCommon = (word: string): boolean => noNames.has(word.toLowerCase());

/** Names of members that stay, whoever has such a name. */
const structural: ReadonlySet<string> = new Set(
  'data type id attributes relationships links self first prev next last meta included errors name value text fields user owner description digest related key title status code detail source eid'.split(
    ' ',
  ),
);
export const isStructural = (name: string): boolean => structural.has(name);

/** Texts that say nothing about a person, also where a person is described. */
const plainMember = /^(type|id|eid|digest|status|state|code|key|source|rel|method)$/;
const date = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?Z| ?[+-]\d\d:?\d\d)?)?$/i;
const id = /^\d+$|^[a-z][\w-]*:(\d+|[\da-f-]{8,})(:\w+)?$|^[\da-f]{8}-[\da-f-]{27}$|^[\da-f]{24,}$/i;
const link = /^(https?:\/\/|urn:|\/\w+\/|\{\{)/i;

/** True for the id of something, or a link to it. */
export const isReference = (text: string): boolean => id.test(text) || (link.test(text) && !/\s/.test(text));

const ruleOf = (name: string) => rules.find(([rule]) => rule.test(foldedName(name)))?.[1];

/** FHIR's words for the parts of a name. Elsewhere, a family may be one of compounds. */
const partOfName = (name: string) => (name === 'given' ? 'given' : name === 'family' ? 'family' : undefined);

/** @param belonging of the object that has the member. */
export const kindOf = (name: string, belonging: Belonging): DetailKind | undefined => {
  const kind = ruleOf(name) ?? (belonging && partOfName(name));
  if (kind !== undefined) return kind;
  const bare = name.replace(/[ _-]?(names?|ids?)$/i, '');
  if (isPersonName(name) || isPersonName(bare)) return 'name';
  if (operator.test(foldedName(bare))) return belonging === undefined ? 'operator' : 'name';
  if (belonging === undefined || plainMember.test(name)) return undefined;
  // The name of a part, such as a department, has ordinary words.
  return name === 'name' && belonging === 'person' ? 'name' : 'other';
};

export const isPlain = (text: string): boolean => date.test(text) || isReference(text);

/** An object with the name or the address of somebody describes a person. */
export const hasPerson = (names: readonly string[]): boolean =>
  names.some((name) => ['given', 'family', 'email'].includes(ruleOf(name) ?? '')) ||
  ['given', 'family'].every((name) => names.includes(name));

/** What belongs to a person, but does not describe one. */
const noPart = /^(relationships|links|meta|included|(role|group|licen[cs]e|privilege)s?)$/i;

/** Whether the object under this name describes a person, or a part of one. */
export const belongingAt = (name: string, belonging: Belonging): Belonging => {
  if (isPersonName(name) || (belonging && operator.test(foldedName(name)))) return 'person';
  if (belonging === undefined || noPart.test(name)) return undefined;
  return /^(data|attributes|value|content|profile)$/.test(name) ? belonging : 'part';
};

/** The kind of a member inside one of this kind: `{"phone": {"number": "…"}}`, `{"lastName": {"de": "…"}}`. */
export const inheritedKind = (name: string, outer: DetailKind | undefined): DetailKind | undefined => {
  if (outer === 'private') return outer;
  if (outer === undefined || plainMember.test(name) || noPart.test(name)) return undefined;
  if (['given', 'family', 'phone'].includes(outer)) return outer;
  // Other words about an organization stand in other texts too.
  return outer === 'organization' ? (name === 'name' ? outer : 'other') : undefined;
};

/** `{"reviewers": {"Mara Lind": …}}`: a key that is no word of a program is a name. */
export const isNameKey = (name: string): boolean => /[\s@.,\\]|[^ -~]/.test(name) && ruleOf(name) === undefined;

/** The words of a name, with the signs that stand inside words. */
export const namePieces = /[\p{L}\p{M}\p{N}\p{Cf}](?:[\p{L}\p{M}\p{N}\p{Cf}'’‘ʼ`´._-]*[\p{L}\p{M}\p{N}\p{Cf}])?/gu;
