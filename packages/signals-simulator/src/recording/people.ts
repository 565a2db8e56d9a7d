/**
 * Finds the personal details in recorded documents, and gives each text a replacement, the same one everywhere. Names are those that a
 * document gives as a person's: a name that stands in free text only is not found.
 */
import { isObject, type Json } from '../json.ts';

type Kind = 'email' | 'given' | 'family' | 'user' | 'alias' | 'organization' | 'country' | 'phone';

/** Members that hold a detail of a person, wherever they stand. */
const kinds: Readonly<Record<string, Kind>> = {
  email: 'email',
  firstName: 'given',
  givenName: 'given',
  lastName: 'family',
  familyName: 'family',
  userName: 'user',
  username: 'user',
  alias: 'alias',
  organization: 'organization',
  country: 'country',
  phone: 'phone',
  phoneNumber: 'phone',
  mobile: 'phone',
};

/** Looked for in all texts. The others are replaced in their members only, because they are short or common words. */
const soughtKinds: ReadonlySet<Kind> = new Set(['email', 'given', 'family', 'user', 'organization']);

const address = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

const replacementOf: Readonly<Record<Kind, (number: number) => string>> = {
  email: (number) => `person${number}@example.com`,
  given: (number) => `Given${number}`,
  family: (number) => `Family${number}`,
  user: (number) => `user${number}`,
  alias: (number) => `A${number}`,
  organization: (number) => `Organization ${number}`,
  country: (number) => `Country ${number}`,
  phone: (number) => `000-${number}`,
};

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const folded = (text: string) => text.toLowerCase();

export interface People {
  /** Learns the persons of a document. */
  learn(document: Json): void;
  /** The text without the details of persons that were learnt. */
  redactText(text: string): string;
  /** The same for each text of a document. */
  redact(document: Json): Json;
}

export const createPeople = (): People => {
  const replacements = new Map<Kind, Map<string, string>>();
  /** Built when it is first needed after something was learnt. */
  let pattern: RegExp | undefined;

  const replacement = (given: Kind, text: string): string => {
    const kind = given === 'user' && text.includes('@') ? 'email' : given;
    const known = replacements.get(kind) ?? new Map<string, string>();
    replacements.set(kind, known);
    const found = known.get(folded(text));
    if (found !== undefined) return found;
    const made = replacementOf[kind](known.size + 1);
    known.set(folded(text), made);
    pattern = undefined;
    return made;
  };

  const sought = (): [string, string][] => [...soughtKinds].flatMap((kind) => [...(replacements.get(kind) ?? [])]);
  const table = new Map<string, string>();
  const patternOf = (): RegExp => {
    if (pattern !== undefined) return pattern;
    for (const [text, made] of sought()) if (!table.has(text)) table.set(text, made);
    const longestFirst = [...table.keys()].filter((text) => text.length > 1).sort((a, b) => b.length - a.length);
    const names = longestFirst.map(escaped).join('|') || '(?!)';
    pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${names})(?![\\p{L}\\p{N}])`, 'giu');
    return pattern;
  };

  const redactText = (text: string): string =>
    text
      .replace(address, (found) => replacement('email', found))
      // Two texts that differ in capitals only may still have other small letters, such as ſ and s.
      .replace(patternOf(), (found) => table.get(folded(found)) ?? 'Somebody');

  const isDetail = (kind: Kind | undefined, value: unknown): value is string =>
    kind !== undefined && typeof value === 'string' && value !== '';

  const learn = (value: Json): void => {
    if (Array.isArray(value)) value.forEach(learn);
    if (!isObject(value)) return;
    for (const [name, member] of Object.entries(value))
      if (isDetail(kinds[name], member)) replacement(kinds[name] as Kind, member);
      else if (member !== undefined) learn(member);
  };

  const redactMember = (name: string, member: Json | undefined): Json | undefined => {
    const kind = kinds[name];
    if (kind !== undefined && isDetail(kind, member)) return replacement(kind, member);
    // A name that is also the word for a type would break the document.
    return name === 'type' || member === undefined ? member : redact(member);
  };
  const redact = (value: Json): Json => {
    if (typeof value === 'string') return redactText(value);
    if (Array.isArray(value)) return value.map(redact);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, redactMember(name, member)]));
  };

  return { learn, redactText, redact };
};
