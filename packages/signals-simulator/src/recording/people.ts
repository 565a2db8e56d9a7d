/**
 * Finds the personal details in recorded documents, and gives each text a replacement. Names are those that a document gives as a
 * person's: a name that stands in free text only is not found.
 */
import type { Json } from '../json.ts';
import { cleanCoded, composed, documentIn, percentDecoded } from './codings.ts';
import { type DetailKind, isCommon, isPlain, isReference, namePieces } from './details.ts';
import { addresses, createReplacements, isAddress } from './replacements.ts';
import { secretMark } from './secrets.ts';
import { plainApostrophes } from './spelling.ts';
import { walkTexts } from './walk.ts';

/** How many codings inside each other are looked into. What is coded deeper is masked. */
const mostCodings = 3;

export interface People {
  /** Learns the persons of a document. */
  learn(document: Json): void;
  /** The text without the details of persons that were learnt. */
  redactText(text: string): string;
  /** The same for each text of a document. */
  redact(document: Json): Json;
}

/** `Jane Doe <jane@example.org>` is a name, whatever its member is called. */
const kindIn = (given: DetailKind, text: string): DetailKind => {
  if (given !== 'user' && given !== 'email') return given;
  if (isAddress(text)) return 'email';
  return given === 'email' || text.search(addresses) >= 0 ? 'name' : given;
};

/** Begins one of its words with a capital. */
const isSeveralWords = (text: string): boolean => {
  const capital = text.search(/\p{Lu}\p{Ll}/u);
  return capital >= 0 && /\s/.test(text.slice(capital));
};

/** Beside a name may stand a link, a tag of HTML, or the name of a member: `{userId=104, firstName=Mara}` (a user in an included batch). */
const besideName = String.raw`https?:\/\/[^\s"'<>]+|<\/?(?:a|b|br|div|em|font|i|p|span|strong|u)\b[^<>@]*>|(?<=[{,]\s?)[a-z][A-Za-z]*=`;
const partsOfName = new RegExp(`${besideName}|${addresses.source}|${namePieces.source}`, 'gu');

/** @param scrub removes from each text what is not a person's, such as the address of the tenant. */
export const createPeople = (scrub: (text: string) => string = (text) => text): People => {
  const replacements = createReplacements();

  /** A document inside the text is cleaned as such; nothing for a text that holds none, or nothing to replace. */
  const redactInside = (text: string, clean: (text: string) => string): string | undefined => {
    const document = documentIn(text);
    if (document === undefined) return undefined;
    const found = JSON.stringify(walkTexts(document, { text: clean, detail: redactDetail, word: scrub }));
    return found === JSON.stringify(document) ? undefined : found;
  };
  const redactCoded = (text: string, codings: number): string => {
    const clean = codings === 0 ? () => secretMark : (inner: string) => redactCoded(inner, codings - 1);
    return redactInside(text, clean) ?? cleanCoded(replacements.inText(scrub(composed(text))), clean);
  };
  const redactText = (text: string) => redactCoded(text, mostCodings);

  /** Each word of a name has a replacement. Signs between the words stay. */
  const redactName = (text: string): string => {
    let count = 0;
    return plainApostrophes(percentDecoded(text)).replace(partsOfName, (found) => {
      if (found.startsWith('<')) return '';
      if (found.includes('://')) return replacements.of('other', found);
      if (found.endsWith('=') && text.startsWith('{')) return found;
      if (isAddress(found)) return replacements.of('email', found);
      if (isCommon(found)) return found;
      count += 1;
      return replacements.of(count === 1 ? 'given' : 'family', found);
    });
  };
  /** A document in place of a name describes the person. */
  const redactNamed = (text: string): string => {
    const document = documentIn(text);
    if (typeof document !== 'object') return redactName(text);
    const visitor = { text: redactText, detail: redactDetail, word: scrub };
    return JSON.stringify(walkTexts(document, visitor, { belonging: 'person', kind: 'name' }));
  };
  const redactDetail = (given: DetailKind, text: string): string => {
    const plain = scrub(composed(text));
    const kind = kindIn(given, plain);
    if (plain === '' || plain === secretMark) return plain;
    if (kind === 'name') return isReference(plain) ? redactText(plain) : redactNamed(plain);
    // Several words may be a name, which is replaced here, and teaches nothing.
    if (kind === 'operator') return isSeveralWords(plain) ? replacements.of('other', plain) : redactText(plain);
    if (kind === 'other') return isPlain(plain) ? redactText(plain) : replacements.of(kind, plain);
    const made = replacements.of(kind, plain);
    // Somebody may be called by a part of the name only.
    if (kind === 'given' || kind === 'family' || kind === 'user') redactName(plain);
    return made;
  };

  const learn = (document: Json): void => {
    walkTexts(document, { text: learnInside, detail: redactDetail, word: (word) => word });
  };
  const learnInside = (text: string): string => {
    const document = documentIn(text);
    if (document !== undefined) learn(document);
    return text;
  };

  return {
    learn,
    redactText,
    redact: (document) => walkTexts(document, { text: redactText, detail: redactDetail, word: scrub }),
  };
};
