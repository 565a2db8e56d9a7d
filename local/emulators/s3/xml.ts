/** The little XML that S3 speaks: documents out of plain values, and a strict reader of small documents. */
import { S3Error } from './s3-error.ts';

/** Arrays become repeated elements; undefined members are left out. */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue };

export type XmlElement = { readonly name: string; readonly children: XmlElement[]; text: string };

/** The only account of the twin, as documents name it. */
export const owner = { ID: 'local', DisplayName: 'local' };

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

export const toXml = (root: string, value: XmlValue): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${root === 'Error' ? '' : ` xmlns="${namespace}"`}>${inner(value)}</${root}>`;

const inner = (value: XmlValue): string =>
  typeof value === 'object'
    ? Object.entries(value)
        .map(([name, member]) => element(name, member))
        .join('')
    : escapeXml(String(value));

const element = (name: string, value: XmlValue): string => {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((member) => element(name, member)).join('');
  return `<${name}>${inner(value)}</${name}>`;
};

const escapeXml = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: keys may hold them, and raw they would be lost
  text.replace(/[&<>"'\u0000-\u001f\u007f]/g, (character) => `&#${character.charCodeAt(0)};`);

const token = /<\?[^>]*\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z][\w:.-]*)[^<>]*?(\/?)>|([^<]+)/y;

/** Reads a document into its root element. @throws S3Error MalformedXML */
export const parseXml = (source: string): XmlElement => {
  const top: XmlElement = { name: '', children: [], text: '' };
  const open = [top];
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const match = token.exec(source);
    const parent = open.at(-1);
    if (!match || !parent) throw malformed();
    const [, cdata, closing, name, selfClosing, text] = match;
    parent.text += cdata ?? unescapeXml(text ?? '');
    if (name === undefined) continue;
    if (closing && open.pop()?.name !== localName(name)) throw malformed();
    if (closing) continue;
    const child: XmlElement = { name: localName(name), children: [], text: '' };
    parent.children.push(child);
    if (!selfClosing) open.push(child);
  }
  const root = top.children[0];
  if (open.length !== 1 || top.children.length !== 1 || !root) throw malformed();
  return root;
};

/** Reads a document whose root must be `rootName`. @throws S3Error MalformedXML */
export const parseXmlAs = (rootName: string, source: string): XmlElement => {
  const root = parseXml(source);
  if (root.name !== rootName) throw malformed();
  return root;
};

/** First element at the path of names below `from`. */
export const find = (from: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined =>
  path.reduce((parent, name) => parent?.children.find((child) => child.name === name), from);

/** Text of the first element at the path, or undefined when there is no such element. */
export const textOf = (from: XmlElement | undefined, ...path: readonly string[]): string | undefined =>
  find(from, ...path)?.text.trim();

export const childrenOf = (from: XmlElement | undefined, name: string): XmlElement[] =>
  (from?.children ?? []).filter((child) => child.name === name);

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescapeXml = (text: string): string =>
  text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[name] ?? whole;
    const codePoint = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (codePoint > 0x10ffff) throw malformed();
    return String.fromCodePoint(codePoint);
  });

const malformed = (): S3Error =>
  new S3Error('MalformedXML', 'The XML you provided was not well-formed or did not validate against our schema');
