/** Which members of a document hold a detail of a person. */
import { foldedName } from './spelling.ts';

/** `other` is whatever else an object says that describes a person. */
export type Kind = 'email' | 'given' | 'family' | 'user' | 'alias' | 'organization' | 'country' | 'phone' | 'other';
/** `name` is a whole name, in one or more words, or an id. */
export type DetailKind = Kind | 'name';

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
  [/(phone|mobile|fax)(number|no)?s?$/, 'phone'],
  [/(street|postal|zip|home)(address|code)?$|birth(day|date)|dateofbirth$|gender$|employeenumber$/, 'other'],
];

/** Such a member holds a person, or the name or id of one; in an object under it, `name` is a person's. */
const person =
  /(user|author|creator|owner|assignee|assignedto|reviewer|signer|signatory|requeste?r|requestor|submitter|person|people|member|contact|approver|witness|operator|analyst|scientist|chemist|researcher|investigator|manager|supervisor|employee|technician|recipient|sender|inventor|responsible)(s|es)?$/;
/** `createdBy`, `Prepared by`; but `groupBy` names a column. */
const doneBy = (name: string) => /[a-z\d]By$|[^a-z]by$/.test(name) || /(^|ed|[^a-z])by$/i.test(name);
const noActor = /(sort|sorted|order|ordered|group|grouped|filter|filtered|partition|divided|multiplied)by$/;

const isPersonName = (name: string): boolean => {
  const folded = foldedName(name);
  return person.test(folded) || (doneBy(name) && !noActor.test(folded));
};

/** Words of names that are no name. They stand in other texts too. */
const noNames: ReadonlySet<string> = new Set(
  'system user admin administrator service account api the of and van von de der den del la le du da di el bin al dr prof mr mrs ms test demo'.split(
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
const date = /^\d{4}-\d\d-\d\d([T ]|$)/;
const id = /^\d+$|^[a-z][\w-]*:(\d+|[\da-f-]{8,})(:\w+)?$|^[\da-f]{8}-[\da-f-]{27}$|^[\da-f]{24,}$/i;
const link = /^(https?:\/\/|urn:|\/\w+\/|\{\{)/i;

/** True for the id of something, or a link to it. */
export const isReference = (text: string): boolean => id.test(text) || (link.test(text) && !/\s/.test(text));

const ruleOf = (name: string) => rules.find(([rule]) => rule.test(foldedName(name)))?.[1];

/** @param isPerson whether the member belongs to an object that describes a person. */
export const kindOf = (name: string, isPerson: boolean): DetailKind | undefined => {
  const kind = ruleOf(name);
  if (kind !== undefined) return kind;
  if (isPersonName(name) || isPersonName(name.replace(/[ _-]?(names?|ids?)$/i, ''))) return 'name';
  if (!isPerson || plainMember.test(name)) return undefined;
  return name === 'name' ? 'name' : 'other';
};

export const isPlain = (text: string): boolean => date.test(text) || isReference(text);

/** An object with the name or the address of somebody describes a person. */
export const hasPerson = (names: readonly string[]): boolean =>
  names.some((name) => ['given', 'family', 'email'].includes(ruleOf(name) ?? ''));

/** Whether the object under this name describes a person. */
export const isPersonAt = (name: string, isPerson: boolean): boolean =>
  isPersonName(name) || (isPerson && /^(data|attributes|value|content)$/.test(name));

/** The words of a name, with the signs that stand inside words. */
export const namePieces = /[\p{L}\p{M}\p{N}\p{Cf}](?:[\p{L}\p{M}\p{N}\p{Cf}'’‘ʼ`´._-]*[\p{L}\p{M}\p{N}\p{Cf}])?/gu;
