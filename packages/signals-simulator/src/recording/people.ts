/**
 * Finds the personal details in recorded documents, and gives each text a replacement, the same one everywhere. Names are those that a
 * document gives as a person's: a name that stands in free text only is not found.
 */
import type { Json } from '../json.ts';
import { cleanCoded, composed } from './codings.ts';
import { type DetailKind, type Kind, nameWords } from './details.ts';
import { walkTexts } from './walk.ts';

/** Looked for in all texts. The others are replaced in their members only, because they are short or common words. */
const soughtKinds: ReadonlySet<Kind> = new Set(['email', 'given', 'family', 'user', 'organization']);

const address = /[\p{L}\p{N}._%+-]{1,128}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

/** A replacement is not replaced again. */
const ownAddress = /^person\d+@example\.com$/;

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
const folded = (text: string) => composed(text).toLowerCase();

export interface People {
  /** Learns the persons of a document. */
  learn(document: Json): void;
  /** The text without the details of persons that were learnt. */
  redactText(text: string): string;
  /** The same for each text of a document. */
  redact(document: Json): Json;
}

/** @param scrub removes from each text what is not a person's, such as the address of the tenant. */
export const createPeople = (scrub: (text: string) => string = (text) => text): People => {
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

  const redactText = (text: string): string => {
    const plain = scrub(composed(text))
      .replace(address, (found) => (ownAddress.test(found) ? found : replacement('email', found)))
      // Two texts that differ in capitals only may still have other small letters, such as ſ and s.
      .replace(patternOf(), (found) => table.get(folded(found)) ?? 'Somebody');
    return cleanCoded(plain, redactText);
  };

  /** A name of several words has a replacement for each word. */
  const learnDetail = (kind: DetailKind, text: string): string => {
    const plain = scrub(composed(text));
    if (plain === '' || kind === 'name') {
      if (plain.includes('@')) replacement('email', plain);
      else for (const [index, word] of nameWords(plain).entries()) replacement(index === 0 ? 'given' : 'family', word);
      return plain;
    }
    return replacement(kind, plain);
  };
  const redactDetail = (kind: DetailKind, text: string): string => {
    const learnt = learnDetail(kind, text);
    return kind === 'name' ? redactText(learnt) : learnt;
  };

  return {
    learn: (document) => {
      walkTexts(document, { text: (text) => text, detail: learnDetail });
    },
    redactText,
    redact: (document) => walkTexts(document, { text: redactText, detail: redactDetail }),
  };
};
