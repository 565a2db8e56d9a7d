/** Parameters of headers, such as the file name of a download, without names. */
import { percentDecoded, utf8Text } from './codings.ts';

/** Headers come as Latin-1, whatever the tenant wrote. */
const asUtf8 = (text: string) => utf8Text(Buffer.from(text, 'latin1')) ?? text;

const quotedPrintable = (text: string) => percentDecoded(text.replaceAll('_', ' ').replaceAll('=', '%'));

/** Words of RFC 2047. */
const withoutWords = (text: string) =>
  text.replace(/=\?[\w-]+\?([QB])\?([^?]*)\?=/gi, (_, coding: string, coded: string) =>
    coding.toUpperCase() === 'Q' ? quotedPrintable(coded) : Buffer.from(coded, 'base64').toString('utf8'),
  );

const ascii = (text: string) => text.replace(/[^\x20-\x7e]|["\\]/g, '_');

/** A value that holds no name stays as it is. */
const cleanValue = (value: string, clean: (text: string) => string): string => {
  const isQuoted = value.startsWith('"');
  const language = isQuoted ? undefined : /^[\w-]+'[\w-]*'/.exec(value)?.[0];
  const inner = isQuoted ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value.slice(language?.length ?? 0);
  const plain = withoutWords(asUtf8(inner));
  const read = isQuoted ? plain : percentDecoded(plain.replaceAll('+', ' '));
  const found = clean(read);
  if (found === read.normalize('NFC')) return value;
  return language === undefined ? `"${ascii(found)}"` : `UTF-8''${encodeURIComponent(found)}`;
};

/** `attachment; filename="…"` with each value cleaned by itself. */
export const cleanParameters = (header: string, clean: (text: string) => string): string => {
  const [first = '', ...parameters] = header.match(/(?:"(?:[^"\\]|\\.)*"?|[^;"])+/g) ?? [];
  const cleaned = parameters.map((parameter) => {
    const [, name = '', value = ''] = /^([^=]*=?)(.*)$/s.exec(parameter) ?? [];
    return value === '' ? ascii(clean(asUtf8(name))) : `${name}${cleanValue(value.trim(), clean)}`;
  });
  return [clean(first), ...cleaned].join(';');
};
