/** A small archive in a folder, as the facade writes it, and ways to spoil it. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { segmentBytes } from '../../../shared/archive/audit-segment.ts';
import { createCrc64Nvme } from '../../../shared/archive/crc64-nvme.ts';
import {
  type AnyHead,
  type AuditHead,
  auditHeadFormat,
  type CatalogueEntry,
  catalogueLine,
  headBytes,
  headFormat,
  type Manifest,
  manifestBytes,
  manifestFormat,
  type Signed,
  sha256Hex,
  signedBytes,
} from '../../../shared/archive/format.ts';
import {
  auditHeadKey,
  documentKey,
  headKey,
  manifestKey,
  publicKeyKey,
  segmentKey,
} from '../../../shared/archive/keys.ts';
import { runCommandLine } from '../src/command-line.ts';

const archivedAt = '2026-11-27T09:00:00.000Z';
const signedAt = '2026-11-27T23:00:00.000Z';
const retainUntil = '2036-11-27T09:00:00.000Z';

const keyPair = (): { publicKey: KeyObject; privateKey: KeyObject } =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' });

const crcOf = (bytes: Buffer): string => {
  const checksum = createCrc64Nvme();
  checksum.update(bytes);
  return checksum.digest().toString('base64');
};

export const pdfOf = (number: number): Buffer => Buffer.from(`%PDF-1.7\nexperiment ${number}\n%%EOF\n`);

export const manifestOf = (number: number, previous: string | null, more: Partial<Manifest> = {}): Manifest => {
  const pdf = pdfOf(number);
  return {
    format: manifestFormat,
    number,
    previousManifestSha256: previous,
    eid: `experiment:3d2c1b0a-0000-4000-8000-${String(number).padStart(12, '0')}`,
    digest: String(10_000_000 + number),
    versionId: `version-${number}`,
    sha256: sha256Hex(pdf),
    crc64nvme: crcOf(pdf),
    sizeBytes: pdf.length,
    requestedBy: 'facade',
    requestedAt: archivedAt,
    archivedAt,
    lockMode: 'COMPLIANCE',
    retainUntil,
    ...more,
  };
};

/** A chain of `count` manifests that begins after `previous`. */
export const chainOf = (count: number, more: Partial<Manifest> = {}, first = 1, previous: string | null = null) => {
  const manifests: Manifest[] = [];
  let hash = previous;
  for (let number = first; number < first + count; number += 1) {
    const manifest = manifestOf(number, hash, more);
    manifests.push(manifest);
    hash = sha256Hex(manifestBytes(manifest));
  }
  return manifests;
};

export const keyOfManifest = ({ eid, digest, number }: Manifest): string => manifestKey(eid, digest, number);

/** @param keys left out = a key of a forger's own. */
const signed = <Kind extends AnyHead>(head: Kind, { privateKey } = keyPair()): Signed<Kind> => ({
  ...head,
  signature: sign('sha256', signedBytes(head), privateKey).toString('base64'),
});

export const signedHead = (manifest: Manifest, keys = keyPair()) => {
  const head = {
    format: headFormat,
    number: manifest.number,
    manifestSha256: sha256Hex(manifestBytes(manifest)),
    signedAt,
    keyId: 'alias/archive',
    algorithm: 'ECDSA_SHA_256',
    lockMode: manifest.lockMode,
    retainUntil: manifest.retainUntil,
  } as const;
  return signed(head, keys);
};

const recordOf = (number: number, index: number): string =>
  JSON.stringify({ consumer: 'app', pk: 'DAY#2026-11-27#0', sk: `2026-11-27T09:00:0${index}.000Z#r${number}#intent` });

/** The file of a segment with three records. */
export const segmentOf = (number: number, previous: string | null, lines?: readonly string[]): Buffer => {
  const place = { number, previousSegmentSha256: previous, sealedAt: archivedAt, lockMode: 'COMPLIANCE', retainUntil };
  return segmentBytes(place as Parameters<typeof segmentBytes>[0], lines ?? [0, 1, 2].map((i) => recordOf(number, i)));
};

export const signedAuditHead = (number: number, segment: Buffer, keys = keyPair()): Signed<AuditHead> =>
  signed(
    {
      ...{ format: auditHeadFormat, number, segmentSha256: sha256Hex(segment), signedAt, keyId: 'alias/archive' },
      ...{ algorithm: 'ECDSA_SHA_256', lockMode: 'COMPLIANCE', retainUntil },
    },
    keys,
  );

/** Key and bytes of everything in the audit log of a clean archive. */
export const cleanAuditLog = (count: number, keys: ReturnType<typeof keyPair>): Map<string, Buffer> => {
  const objects = new Map<string, Buffer>();
  let last: Buffer | undefined;
  for (let number = 1; number <= count; number += 1) {
    last = segmentOf(number, last ? sha256Hex(last) : null);
    objects.set(segmentKey(number), last);
  }
  if (last) objects.set(auditHeadKey(signedAt, count), headBytes(signedAuditHead(count, last, keys)));
  return objects;
};

/** Key and bytes of everything in a clean archive. */
export const cleanArchive = (count: number, keys = keyPair()) => {
  const manifests = chainOf(count);
  const last = manifests.at(-1);
  if (!last) throw new Error('An archive has at least one manifest.');
  const objects = new Map<string, Buffer>();
  for (const manifest of manifests) {
    objects.set(documentKey(manifest.eid, manifest.digest), pdfOf(manifest.number));
    objects.set(keyOfManifest(manifest), manifestBytes(manifest));
  }
  objects.set(headKey(signedAt, last.number), headBytes(signedHead(last, keys)));
  const pem = String(keys.publicKey.export({ type: 'spki', format: 'pem' }));
  objects.set(publicKeyKey('alias/archive'), Buffer.from(pem));
  const catalogue = manifests.map((manifest) => catalogueLine(entryOf(manifest))).join('');
  return { manifests, objects, pem, keys, catalogue };
};

const entryOf = (manifest: Manifest): CatalogueEntry => {
  const { number, eid, digest, versionId, sha256, sizeBytes } = manifest;
  return { number, eid, digest, versionId, sha256, sizeBytes, manifestSha256: sha256Hex(manifestBytes(manifest)) };
};

const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'archive-verify-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

export const put = (folder: string, key: string, bytes: Uint8Array): void => {
  const path = join(folder, ...key.split('/'));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
};
export const get = (folder: string, key: string): Buffer => readFileSync(join(folder, ...key.split('/')));
export const remove = (folder: string, key: string): void => rmSync(join(folder, ...key.split('/')));

/** A clean archive on disk, with the public key and the catalogue beside it. @param segments of its audit log. */
export const writeArchive = async (count: number, segments = 0) => {
  const root = await temporaryFolder();
  const archive = cleanArchive(count);
  const folder = join(root, 'archive');
  mkdirSync(folder);
  for (const [key, bytes] of [...archive.objects, ...cleanAuditLog(segments, archive.keys)]) put(folder, key, bytes);
  const [keyFile, catalogueFile] = [join(root, 'archive.pem'), join(root, 'catalogue.ndjson')];
  writeFileSync(keyFile, archive.pem);
  writeFileSync(catalogueFile, archive.catalogue);
  return { ...archive, root, folder, keyFile, catalogueFile };
};

/** Runs the command; gives its status and what it printed. */
export const run = async (...args: string[]) => {
  const [out, err]: [string[], string[]] = [[], []];
  const nowMillis = () => Date.parse('2026-11-28T08:00:00.000Z');
  const terminal = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    nowMillis,
  };
  const status = await runCommandLine(args, terminal);
  return { status, out: out.join('\n'), err: err.join('\n') };
};

/** Code and subject of each fault that the command names with `--json`. */
export const faultsOf = async (...args: string[]): Promise<string[]> => {
  const { status, out } = await run(...args, '--json', '--quiet');
  const { faults } = JSON.parse(out) as { faults: { code: string; subject: string }[] };
  if (status !== (faults.length === 0 ? 0 : 1)) throw new Error(`Status ${status} with ${faults.length} faults.`);
  return faults.map(({ code, subject }) => `${code} ${subject}`);
};
