/** Texts inside texts: HTML references, percent coding and base64 hide a name from a search. */
import { isUtf8 } from 'node:buffer';
import type { Json } from '../json.ts';
import { normalized } from './spelling.ts';

const marks: Readonly<Record<string, string>> = {
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
  ring: '\u030a',
  caron: '\u030c',
  cedil: '\u0327',
  ogon: '\u0328',
  dblac: '\u030b',
  macr: '\u0304',
  breve: '\u0306',
  dot: '\u0307',
};
const letters: Readonly<Record<string, string>> = {
  szlig: 'ß',
  aelig: 'æ',
  AElig: 'Æ',
  oelig: 'œ',
  OElig: 'Œ',
  oslash: 'ø',
  Oslash: 'Ø',
  lstrok: 'ł',
  Lstrok: 'Ł',
  dstrok: 'đ',
  Dstrok: 'Đ',
  eth: 'ð',
  ETH: 'Ð',
  thorn: 'þ',
  THORN: 'Þ',
  commat: '@',
  period: '.',
  shy: '',
  nbsp: '\u00a0',
  ensp: '\u2002',
  emsp: '\u2003',
  thinsp: '\u2009',
  lsquo: '‘',
  rsquo: '’',
  lowbar: '_',
  // HTML has another hyphen there.
  hyphen: '-',
  dash: '-',
  excl: '!',
  num: '#',
  dollar: '$',
  percnt: '%',
  lpar: '(',
  rpar: ')',
  ast: '*',
  plus: '+',
  comma: ',',
  sol: '/',
  colon: ':',
  semi: ';',
  equals: '=',
  quest: '?',
  lsqb: '[',
  lbrack: '[',
  rsqb: ']',
  rbrack: ']',
  Hat: '^',
  grave: '`',
  lcub: '{',
  lbrace: '{',
  verbar: '|',
  vert: '|',
  rcub: '}',
  rbrace: '}',
};

const letterOf = (name: string): string | undefined => {
  const mark = Object.hasOwn(marks, name.slice(1)) ? marks[name.slice(1)] : undefined;
  return mark === undefined ? (Object.hasOwn(letters, name) ? letters[name] : undefined) : `${name[0]}${mark}`;
};
const signOf = (number: string): string | undefined => {
  const code = Number(number.replace(/^x/i, '0x'));
  const sign = code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : '<';
  return /[<>&"'\\\p{Surrogate}]/u.test(sign) ? undefined : sign;
};

/** References and escapes of letters and signs become these, and letters are composed. Signs of markup stay as they are. */
export const composed = (text: string): string => {
  const plain = text
    .replace(
      /&(?:amp;)*(?:#(x[\da-f]+|\d+)|([a-z]\w{1,9}));/gi,
      (all, number?: string, name?: string) => (number === undefined ? letterOf(name ?? '') : signOf(number)) ?? all,
    )
    .replace(/(?<!\\)\\+u([\da-f]{4})/gi, (all, code: string) => signOf(`x${code}`) ?? all);
  return normalized(plain, 'NFC');
};

/** The document that a text holds, which may be a text again; nothing for a plain text. */
export const documentIn = (text: string): Json | undefined => {
  if (!/^\s*[{["]/.test(text)) return undefined;
  try {
    return JSON.parse(text.trim()) as Json;
  } catch {
    return undefined;
  }
};

const utf8 = new TextDecoder('utf-8');

/** Nothing for bytes that are not UTF-8. */
export const utf8Text = (bytes: Uint8Array): string | undefined => (isUtf8(bytes) ? utf8.decode(bytes) : undefined);

/** A percent sign that codes nothing stays; bytes that are not UTF-8 are read as Latin-1. */
export const percentDecoded = (text: string): string =>
  text.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    const bytes = Buffer.from(run.replaceAll('%', ''), 'hex');
    return utf8Text(bytes) ?? bytes.toString('latin1');
  });

type Clean = (text: string) => string;

/** Each part of an address by itself, so that what is not changed keeps its coding. */
const cleanPercent = (text: string, clean: Clean): string =>
  text.replace(/[^\s"'<>/?&=#;,()]+/g, (part) => {
    if (!/%[\da-f]{2}|\+/i.test(part)) return part;
    const plain = percentDecoded(part.replaceAll('+', ' '));
    const found = clean(plain);
    return found === composed(plain) ? part : encodeURIComponent(found);
  });

const cleanRun = (run: string, clean: Clean): string | undefined => {
  const plain = utf8Text(Buffer.from(run, 'base64'));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: signs that no text has
  if (plain === undefined || /[\x00-\x08\x0e-\x1f\x7f]/.test(plain)) return undefined;
  const found = clean(plain);
  return found === composed(plain) ? run : Buffer.from(found).toString('base64');
};

/** Lines of 60 signs or more, and a last one, as in mail: a name may be in two of them. */
const lines = /(?<![\w+/-])(?:[\w+/-]{60,}\r?\n)+[\w+/-]*={0,2}/g;

const cleanLines = (run: string, clean: Clean): string => {
  const joined = run.replace(/\r?\n/g, '');
  const found = cleanRun(joined, clean);
  return found === undefined || found === joined ? run : found;
};

const cleanBase64 = (text: string, clean: Clean): string =>
  text
    .replace(/(data:[^,\s]{0,100};base64,)[\w+/=-]+/g, '$1')
    .replace(lines, (run) => cleanLines(run, clean))
    .replace(
      /(?<![\w+/-])[\w+/-]{8,}={0,2}/g,
      (run) =>
        // In an address, a slash ends the run.
        cleanRun(run, clean) ?? run.replace(/[\w+-]{8,}={0,2}/g, (part) => cleanRun(part, clean) ?? part),
    );

/** Cleans texts that are coded inside this one. */
export const cleanCoded = (text: string, clean: Clean): string => cleanBase64(cleanPercent(text, clean), clean);
