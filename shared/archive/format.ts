/** The documents of the archive: manifests, signed heads and lines of the catalogue. docs/archive-format.md describes them. */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { canonicalJson, type JsonValue } from './canonical-json.ts';

export const manifestFormat = 'signals-archive-manifest/1';
export const headFormat = 'signals-archive-head/1';

/** One archived PDF. Hashes are lower-case hexadecimal, checksums Base64, instants ISO 8601 in UTC with milliseconds. */
export type Manifest = {
  readonly format: typeof manifestFormat;
  /** 1 for the first manifest; then one more each, without a gap. */
  readonly number: number;
  /** Hash of the bytes of the manifest before; null in the first. */
  readonly previousManifestSha256: string | null;
  readonly eid: string;
  readonly digest: string;
  /** S3 version of the PDF. */
  readonly versionId: string;
  /** Of the whole file, recomputed by whoever verifies. */
  readonly sha256: string;
  /** S3's own full-object checksum of the same bytes. */
  readonly crc64nvme: string;
  readonly sizeBytes: number;
  /** Id of the consumer, or `facade` for automatic archiving. */
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly archivedAt: string;
  /** Object Lock of PDF and manifest; both null where the archive has no lock. */
  readonly lockMode: 'GOVERNANCE' | 'COMPLIANCE' | null;
  readonly retainUntil: string | null;
};

/** States that the chain ended with this manifest at this time. The signature covers all other members. */
export type Head = {
  readonly format: typeof headFormat;
  readonly number: number;
  readonly manifestSha256: string;
  readonly signedAt: string;
  readonly keyId: string;
  readonly algorithm: SigningAlgorithm;
  readonly lockMode: Manifest['lockMode'];
  readonly retainUntil: string | null;
};
export type SignedHead = Head & { readonly signature: string };

/** Names of KMS. ECDSA signatures are DER. */
type SigningAlgorithm = 'ECDSA_SHA_256' | 'RSASSA_PKCS1_V1_5_SHA_256';

/** One archived version, as the catalogue exports it: a line of JSON. */
export type CatalogueEntry = Pick<Manifest, 'number' | 'eid' | 'digest' | 'versionId' | 'sha256' | 'sizeBytes'> & {
  readonly manifestSha256: string;
  /** Whether a legal hold lay on the experiment when the catalogue was exported. */
  readonly isHeld?: boolean;
};

export const manifestBytes = (manifest: Manifest): Buffer => Buffer.from(canonicalJson(manifest), 'utf8');
export const headBytes = (head: SignedHead): Buffer => Buffer.from(canonicalJson(head), 'utf8');
export const catalogueLine = (entry: CatalogueEntry): string => `${canonicalJson(entry)}\n`;
export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The bytes that the key signs, or whose SHA-256 it signs. */
export const signedBytes = (head: Head): Buffer => {
  const { format, number, manifestSha256, signedAt, keyId, algorithm, lockMode, retainUntil } = head;
  const members = { format, number, manifestSha256, signedAt, keyId, algorithm, lockMode, retainUntil };
  return Buffer.from(canonicalJson(members), 'utf8');
};

/** False also for a key of another kind than the algorithm. */
export const isSignedBy = (head: SignedHead, publicKey: KeyObject): boolean => {
  const wanted = head.algorithm === 'ECDSA_SHA_256' ? 'ec' : 'rsa';
  if (publicKey.asymmetricKeyType !== wanted) return false;
  return verify('sha256', signedBytes(head), publicKey, Buffer.from(head.signature, 'base64'));
};

/** SHA-256 of the key's DER form (SubjectPublicKeyInfo), as KMS GetPublicKey gives it. */
export const fingerprintOf = (publicKey: KeyObject): string =>
  sha256Hex(publicKey.export({ type: 'spki', format: 'der' }));

/** @throws Error for text that is no public key in PEM */
export const readPublicKey = (pem: string): KeyObject => createPublicKey(pem);

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string' && value.length > 0 && value.length <= 1024;
const isHash: Check = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isNumber: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 1;
const isFlag: Check = (value) => typeof value === 'boolean';
const isInstant: Check = (value) =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
  !Number.isNaN(Date.parse(value));
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.some((each) => each === value);
const isLockMode = orNull(oneOf('GOVERNANCE', 'COMPLIANCE'));

const manifestChecks: Readonly<Record<keyof Manifest, Check>> = {
  format: oneOf(manifestFormat),
  number: isNumber,
  previousManifestSha256: orNull(isHash),
  eid: (value) => typeof value === 'string' && /^[^:]+:./s.test(value) && value.length <= 512,
  digest: isText,
  versionId: isText,
  sha256: isHash,
  crc64nvme: (value) => typeof value === 'string' && /^[A-Za-z0-9+/]{11}=$/.test(value),
  sizeBytes: isCount,
  requestedBy: isText,
  requestedAt: isInstant,
  archivedAt: isInstant,
  lockMode: isLockMode,
  retainUntil: orNull(isInstant),
};

const headChecks: Readonly<Record<keyof SignedHead, Check>> = {
  format: oneOf(headFormat),
  number: isNumber,
  manifestSha256: isHash,
  signedAt: isInstant,
  keyId: isText,
  algorithm: oneOf('ECDSA_SHA_256', 'RSASSA_PKCS1_V1_5_SHA_256'),
  lockMode: isLockMode,
  retainUntil: orNull(isInstant),
  signature: (value) => typeof value === 'string' && /^[A-Za-z0-9+/]+={0,2}$/.test(value) && value.length <= 2048,
};

const catalogueChecks: Readonly<Record<Exclude<keyof CatalogueEntry, 'isHeld'>, Check>> = {
  number: isNumber,
  eid: manifestChecks.eid,
  digest: isText,
  versionId: isText,
  sha256: isHash,
  sizeBytes: isCount,
  manifestSha256: isHash,
};

/** @throws Error naming what is wrong: not JSON, a member missing, unknown or invalid, or not canonical */
export const parseManifest = (bytes: Uint8Array): Manifest => parse(bytes, manifestChecks) as unknown as Manifest;
/** @throws Error as `parseManifest` */
export const parseHead = (bytes: Uint8Array): SignedHead => parse(bytes, headChecks) as unknown as SignedHead;
/** @throws Error as `parseManifest`; a line without its end */
export const parseCatalogueLine = (line: string): CatalogueEntry =>
  parse(Buffer.from(line, 'utf8'), catalogueChecks, { isHeld: isFlag }) as unknown as CatalogueEntry;

const parse = (
  bytes: Uint8Array,
  checks: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Record<string, JsonValue> => {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('it is not a JSON object');
  const members = value as Record<string, JsonValue>;
  const known = { ...optional, ...checks };
  const unknown = Object.keys(members).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) throw new Error(`it has an unknown member ${JSON.stringify(unknown)}`);
  const invalid = Object.entries(known).find(([name, check]) =>
    Object.hasOwn(members, name) ? !check(members[name]) : Object.hasOwn(checks, name),
  );
  if (invalid) throw new Error(`its member "${invalid[0]}" is missing or invalid`);
  if (canonicalJson(members) !== text) throw new Error('it is not canonical JSON');
  return members;
};
