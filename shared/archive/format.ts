/** The documents of the archive: manifests, signed heads and lines of the catalogue. docs/archive-format.md describes them. */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import {
  type Check,
  isBase64,
  isCount,
  isFlag,
  isHash,
  isInstant,
  isLockMode,
  isNumber,
  isText,
  oneOf,
  orNull,
  parseMembers,
} from './checks.ts';

export const manifestFormat = 'signals-archive-manifest/1';
export const headFormat = 'signals-archive-head/1';
export const auditHeadFormat = 'signals-archive-audit-head/1';

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

type HeadFacts = {
  readonly number: number;
  readonly signedAt: string;
  readonly keyId: string;
  readonly algorithm: SigningAlgorithm;
  readonly lockMode: Manifest['lockMode'];
  readonly retainUntil: string | null;
};
/** States that the chain ended with this manifest at this time. The signature covers all other members. */
export type Head = HeadFacts & { readonly format: typeof headFormat; readonly manifestSha256: string };
/** The same of the chain of the audit log. */
export type AuditHead = HeadFacts & { readonly format: typeof auditHeadFormat; readonly segmentSha256: string };
export type AnyHead = Head | AuditHead;
export type Signed<Kind extends AnyHead> = Kind & { readonly signature: string };
export type SignedHead = Signed<Head>;

/** Names of KMS. ECDSA signatures are DER. */
type SigningAlgorithm = 'ECDSA_SHA_256' | 'RSASSA_PKCS1_V1_5_SHA_256';

/** One archived version, as the catalogue exports it: a line of JSON. */
export type CatalogueEntry = Pick<Manifest, 'number' | 'eid' | 'digest' | 'versionId' | 'sha256' | 'sizeBytes'> & {
  readonly manifestSha256: string;
  /** Whether a legal hold lay on the experiment when the catalogue was exported. */
  readonly isHeld?: boolean;
};

export const manifestBytes = (manifest: Manifest): Buffer => Buffer.from(canonicalJson(manifest), 'utf8');
export const headBytes = (head: Signed<AnyHead>): Buffer => Buffer.from(canonicalJson(head), 'utf8');
export const catalogueLine = (entry: CatalogueEntry): string => `${canonicalJson(entry)}\n`;
export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The bytes that the key signs, or whose SHA-256 it signs: all members but the signature. */
export const signedBytes = (head: AnyHead | Signed<AnyHead>): Buffer => {
  const { signature: _, ...members } = head as Signed<AnyHead>;
  return Buffer.from(canonicalJson(members), 'utf8');
};

/** False also for a key of another kind than the algorithm. */
export const isSignedBy = (head: Signed<AnyHead>, publicKey: KeyObject): boolean => {
  const wanted = head.algorithm === 'ECDSA_SHA_256' ? 'ec' : 'rsa';
  if (publicKey.asymmetricKeyType !== wanted) return false;
  return verify('sha256', signedBytes(head), publicKey, Buffer.from(head.signature, 'base64'));
};

/** SHA-256 of the key's DER form (SubjectPublicKeyInfo), as KMS GetPublicKey gives it. */
export const fingerprintOf = (publicKey: KeyObject): string =>
  sha256Hex(publicKey.export({ type: 'spki', format: 'der' }));

/** @throws Error for text that is no public key in PEM */
export const readPublicKey = (pem: string): KeyObject => createPublicKey(pem);

const manifestChecks: Readonly<Record<keyof Manifest, Check>> = {
  format: oneOf(manifestFormat),
  number: isNumber,
  previousManifestSha256: orNull(isHash),
  eid: (value) => typeof value === 'string' && /^[^:]+:./s.test(value) && value.length <= 512,
  digest: isText,
  versionId: isText,
  sha256: isHash,
  crc64nvme: (value) => isBase64(value) && String(value).length === 12,
  sizeBytes: isCount,
  requestedBy: isText,
  requestedAt: isInstant,
  archivedAt: isInstant,
  lockMode: isLockMode,
  retainUntil: orNull(isInstant),
};

const headFactChecks: Readonly<Record<keyof HeadFacts | 'signature', Check>> = {
  number: isNumber,
  signedAt: isInstant,
  keyId: isText,
  algorithm: oneOf('ECDSA_SHA_256', 'RSASSA_PKCS1_V1_5_SHA_256'),
  lockMode: isLockMode,
  retainUntil: orNull(isInstant),
  signature: (value) => isBase64(value) && String(value).length <= 2048,
};
const headChecks: Readonly<Record<keyof SignedHead, Check>> = {
  ...headFactChecks,
  format: oneOf(headFormat),
  manifestSha256: isHash,
};
const auditHeadChecks: Readonly<Record<keyof Signed<AuditHead>, Check>> = {
  ...headFactChecks,
  format: oneOf(auditHeadFormat),
  segmentSha256: isHash,
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
export const parseManifest = (bytes: Uint8Array): Manifest =>
  parseMembers(bytes, manifestChecks) as unknown as Manifest;
/** @throws Error as `parseManifest` */
export const parseHead = (bytes: Uint8Array): SignedHead => parseMembers(bytes, headChecks) as unknown as SignedHead;
/** @throws Error as `parseManifest` */
export const parseAuditHead = (bytes: Uint8Array): Signed<AuditHead> =>
  parseMembers(bytes, auditHeadChecks) as unknown as Signed<AuditHead>;
/** @throws Error as `parseManifest`; a line without its end */
export const parseCatalogueLine = (line: string): CatalogueEntry =>
  parseMembers(Buffer.from(line, 'utf8'), catalogueChecks, { isHeld: isFlag }) as unknown as CatalogueEntry;
