/** Keys of the archive. They hold eid and digest, read well, and have no colon: Windows cannot store one (aws-cli issue 1154). */

const numberDigits = 12;

/** Letters, digits, `-` and `_` stay; every other byte of the UTF-8 text becomes `=` and two hexadecimal digits. */
const escaped = (text: string): string =>
  text.replace(/[^A-Za-z0-9_-]/gu, (character) =>
    [...Buffer.from(character, 'utf8')].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );

const padded = (number: number): string => String(number).padStart(numberDigits, '0');

export const documentsPrefix = 'documents/';
export const headsPrefix = 'heads/';
export const publicKeysPrefix = 'public-keys/';
const auditPrefix = 'audit-log/';
export const auditSegmentsPrefix = `${auditPrefix}segments/`;
export const auditHeadsPrefix = `${auditPrefix}heads/`;

/** Every key of the archive's format begins with one of these. */
export const archivePrefixes = [documentsPrefix, headsPrefix, publicKeysPrefix, auditPrefix] as const;

/** Different eids and digests never share a stem. */
const stem = (eid: string, digest: string): string => {
  const [type = '', ...id] = eid.split(':');
  return `${documentsPrefix}${escaped(type)}/${escaped(id.join(':'))}/${escaped(digest)}`;
};

/** Where the PDF of one version of an entity lies. The eid is `<type>:<id>`. */
export const documentKey = (eid: string, digest: string): string => `${stem(eid, digest)}.pdf`;

/** Beside the PDF. The number makes a manifest unique also where one version was claimed twice. */
export const manifestKey = (eid: string, digest: string, number: number): string =>
  `${stem(eid, digest)}.manifest-${padded(number)}.json`;

/** Holds the hash of the one manifest with this number. Nobody who verifies needs it. */
export const numberKey = (number: number): string => `numbers/${padded(number)}.txt`;

/** The number in the key of a manifest; undefined for every other key. */
export const numberOfManifestKey = (key: string): number | undefined => {
  const digits = /^documents\/.*\.manifest-(\d{12,16})\.json$/.exec(key)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

const unescaped = (text: string): string => {
  const bytes = text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};

/** What the keys of a PDF and of its manifest have in common; another key is its own stem. All keys with one stem follow each other. */
export const stemOfKey = (key: string): string => key.replace(/\.(?:pdf|manifest-\d{12,16}\.json)$/, '');

/** The version of an entity that a key of `documents/` names; undefined for a key of another form. */
export const versionOfKey = (key: string): { readonly eid: string; readonly digest: string } | undefined => {
  const [, type, id, digest] = /^documents\/([^/.]+)\/([^/.]+)\/([^/.]+)$/.exec(stemOfKey(key)) ?? [];
  if (type === undefined || id === undefined || digest === undefined) return undefined;
  return { eid: `${unescaped(type)}:${unescaped(id)}`, digest: unescaped(digest) };
};

const headName = (signedAt: string, number: number): string =>
  `${signedAt.replaceAll(':', '-')}-${padded(number)}.json`;

/** `signedAt` is an ISO 8601 instant in UTC. */
export const headKey = (signedAt: string, number: number): string => headsPrefix + headName(signedAt, number);

/** Where a segment of the audit log lies. */
export const segmentKey = (number: number): string => `${auditSegmentsPrefix}${padded(number)}.jsonl`;

/** The number in the key of a segment; undefined for every other key. */
export const numberOfSegmentKey = (key: string): number | undefined => {
  const digits = /^audit-log\/segments\/(\d{12,16})\.jsonl$/.exec(key)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/** As `headKey`, for the chain of the audit log. */
export const auditHeadKey = (signedAt: string, number: number): string => auditHeadsPrefix + headName(signedAt, number);

export const publicKeyKey = (keyId: string): string => `${publicKeysPrefix}${escaped(keyId)}.pem`;
