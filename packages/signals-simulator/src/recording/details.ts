/** Which members of a document hold a detail of a person. */

export type Kind = 'email' | 'given' | 'family' | 'user' | 'alias' | 'organization' | 'country' | 'phone';
/** `name` is a whole name, in one or more words. */
export type DetailKind = Kind | 'name';

const kinds: Readonly<Record<string, DetailKind>> = {
  email: 'email',
  mail: 'email',
  emailaddress: 'email',
  firstname: 'given',
  givenname: 'given',
  middlename: 'given',
  nickname: 'given',
  lastname: 'family',
  familyname: 'family',
  surname: 'family',
  username: 'user',
  login: 'user',
  loginname: 'user',
  fullname: 'name',
  displayname: 'name',
  alias: 'alias',
  organization: 'organization',
  organisation: 'organization',
  country: 'country',
  phone: 'phone',
  phonenumber: 'phone',
  mobile: 'phone',
};

/** A text under such a name is a person's name; in an object under it, `name` is. */
const personNames: ReadonlySet<string> = new Set(
  'user author creator createdby modifiedby editedby updatedby lastmodifiedby owner ownedby assignee assignedto reviewer signer signedby closedby requester submitter person member'.split(
    ' ',
  ),
);
/** Words of names that are no name. They stand in other texts too. */
const noNames: ReadonlySet<string> = new Set(
  'system user admin administrator service account api the of and van von de der den del la le du da di el bin al dr prof mr mrs ms test demo'.split(
    ' ',
  ),
);
/** Names of members that stay, whoever has such a name. */
const structural: ReadonlySet<string> = new Set(
  'data type id attributes relationships links self first prev next last meta included errors name value text fields user owner description digest related key title status code detail source eid'.split(
    ' ',
  ),
);

const folded = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
const ofName = <T>(find: (name: string) => T | undefined, name: string) => find(name) ?? find(name.replace(/s$/, ''));

const isPersonName = (name: string) => personNames.has(folded(name)) || personNames.has(folded(name).replace(/s$/, ''));

export const isStructural = (name: string): boolean => structural.has(name);

/** @param isPerson whether the member belongs to an object that describes a person. */
export const kindOf = (name: string, isPerson: boolean): DetailKind | undefined => {
  const kind = ofName((one) => (Object.hasOwn(kinds, one) ? kinds[one] : undefined), folded(name));
  return kind ?? (isPersonName(name) || (isPerson && name === 'name') ? 'name' : undefined);
};

/** Whether the object under this name describes a person. */
export const isPersonAt = (name: string, isPerson: boolean): boolean =>
  isPersonName(name) || (isPerson && /^(data|attributes|value)$/.test(name));

/** The words of a name; none of an id or a link. */
export const nameWords = (text: string): readonly string[] => {
  if (/^[\w-]+:|^[\da-f-]{32,}$|[/\\]/i.test(text)) return [];
  const words = text.match(/[\p{L}\p{M}\p{N}'’._-]+/gu) ?? [];
  return words.filter((word) => /\p{L}.*\p{L}/u.test(word) && !noNames.has(word.toLowerCase()));
};
