/** Visits the texts of a document, and tells those that are a person's detail from the others. */
import { isObject, type Json, type JsonObject } from '../json.ts';
import {
  type Belonging,
  belongingAt,
  type DetailKind,
  hasPerson,
  inheritedKind,
  isNameKey,
  isStructural,
  kindOf,
} from './details.ts';
import { isSecretName, masked } from './secrets.ts';

export interface Visitor {
  text(text: string): string;
  detail(kind: DetailKind, text: string): string;
  /** The word for a type. A name that is also such a word would break the document. */
  word(text: string): string;
}

/** What is known about the place of a value. */
export interface Place {
  readonly belonging: Belonging;
  /** The kind of a text here. */
  readonly kind?: DetailKind | undefined;
  /** What the object calls its text, as `{"name": "Reviewer", "value": "…"}` does. */
  readonly label?: DetailKind | undefined;
  /** In `content`, which holds a cell of a table or a field. */
  readonly isContent?: boolean;
}

const isTypeWord = (value: Json): value is string => typeof value === 'string' && /^[A-Za-z][\w.+-]*$/.test(value);
/** Members that hold the text of the object that they stand in. */
const isValueName = (name: string) => /^(value|values|text|content|display)$/.test(name);

const cellMember = /^(user|auto|values?|isRawValue|display|units?|type|eid|name)$/;
/** `{"user": "2 g", "value": 2}`: the member `user` is what somebody typed. */
const isCell = (names: readonly string[], { isContent }: Place) =>
  names.every((name) => cellMember.test(name)) &&
  (isContent === true || names.some((name) => /^(values?|isRawValue)$/.test(name)));

const placeOf = (name: string, { belonging, kind, label }: Place, isOfCell: boolean): Place => {
  const isValue = isValueName(name) || (isOfCell && /^(user|auto)$/.test(name));
  const own = isValue
    ? (kind ?? label ?? (belonging && 'name'))
    : (inheritedKind(name, kind) ?? kindOf(name, belonging));
  return {
    belonging: belongingAt(name, belonging),
    kind: own,
    isContent: name === 'content',
  };
};

/** A column, a field or a cell for persons: its title is no name, but its content is. */
const isForPersons = ({ type, content, key, title }: JsonObject) =>
  typeof type === 'string' &&
  type.toLowerCase() === 'user' &&
  typeof key === 'string' &&
  (isObject(content) || typeof title === 'string');

const labelled = (value: JsonObject): DetailKind | undefined => {
  const { name, definition } = value;
  if (isForPersons(value) || (isObject(definition) && isForPersons(definition))) return 'name';
  const title = isObject(definition) ? definition.title : undefined;
  return [name, title].flatMap((text) => (typeof text === 'string' ? (kindOf(text, undefined) ?? []) : []))[0];
};

/** `{"name": "password", "value": "…"}` holds a secret. */
const isSecretPair = ({ name, key, label }: JsonObject) =>
  [name, key, label].some((text) => typeof text === 'string' && isSecretName(text));

const walkObject = (value: JsonObject, visitor: Visitor, place: Place): Json => {
  const names = Object.keys(value);
  const isPerson = (value.type === 'user' && !isForPersons(value)) || hasPerson(names);
  const isOfCell = isCell(names, place);
  const here: Place = { ...place, belonging: isPerson ? 'person' : place.belonging, label: labelled(value) };
  const keyOf = (name: string): string => {
    if (isStructural(name)) return name;
    return place.kind === 'name' && isNameKey(name) ? visitor.detail('name', name) : visitor.text(name);
  };
  const walkMember = (name: string, member: Json): Json => {
    if (name === 'type' && isTypeWord(member)) return visitor.word(member);
    // What the assets of a library are called.
    const isPlain = name === 'displayName' && 'numbering' in value;
    const walked = walk(member, visitor, isPlain ? { belonging: undefined } : placeOf(name, here, isOfCell));
    return isSecretName(name) || (isSecretPair(value) && isValueName(name)) ? masked(walked) : walked;
  };
  const members = Object.entries(value).map(([name, member]) => {
    return [keyOf(name), walkMember(name, member ?? null)];
  });
  return Object.fromEntries(members);
};

/** A number under the name of a person is an id. */
const isDetailNumber = (kind: DetailKind) => !['name', 'operator', 'other'].includes(kind);

const walk = (value: Json, visitor: Visitor, place: Place): Json => {
  const { kind } = place;
  if (Array.isArray(value)) return value.map((one) => walk(one, visitor, place));
  if (isObject(value)) return walkObject(value, visitor, place);
  if (typeof value === 'number' && kind !== undefined && isDetailNumber(kind)) {
    visitor.detail(kind, String(value));
    return 0;
  }
  if (typeof value !== 'string') return value;
  return kind === undefined ? visitor.text(value) : visitor.detail(kind, value);
};

/** The document with the texts that the visitor gives. Secrets are masked. */
export const walkTexts = (document: Json, visitor: Visitor, place: Place = { belonging: undefined }): Json =>
  walk(document, visitor, place);
