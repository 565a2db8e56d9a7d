/** Verifies an archive in one pass. Contents are streamed: memory grows by a few hundred bytes a document. */
import type { KeyObject } from 'node:crypto';
import { fingerprintOf, type SignedHead } from '../../../shared/archive/format.ts';
import { type AuditOutcome, verifyAuditLog } from './audit-log.ts';
import { type Catalogue, compareLink, reportGaps } from './catalogue.ts';
import { reportOrphans, walkChain } from './chain.ts';
import type { Fault, Report } from './fault.ts';
import { readHeads, reportNoHead } from './heads.ts';
import { indexArchive } from './index-of-archive.ts';
import type { ArchiveSource } from './source.ts';

export type VerifyOptions = {
  readonly publicKey?: KeyObject | undefined;
  readonly catalogue?: Catalogue | undefined;
  /** Manifests after the newest head are no fault: a bucket in use has some until its next head. */
  readonly allowsUnsealed?: boolean;
  /** Whether an archive without an audit log has a fault. */
  readonly expectsAuditLog?: boolean;
  readonly report: Report;
  readonly onProgress?: (done: number, total: number) => void;
};

export type Outcome = {
  readonly manifests: number;
  readonly documentBytes: number;
  readonly lastNumber: number;
  readonly newestHead: SignedHead | undefined;
  readonly unsealed: number;
  readonly fingerprints: readonly string[];
  readonly auditLog: AuditOutcome;
};

export const verifyArchive = async (source: ArchiveSource, options: VerifyOptions): Promise<Outcome> => {
  const { report, catalogue } = options;
  const index = await indexArchive(source, report);
  const heads = await readHeads(source, index, options.publicKey, report);
  if (!heads.newest) reportNoHead(report);
  let [manifests, documentBytes] = [0, 0];
  // Entries leave the catalogue as their manifests are compared.
  const held = new Set([...(catalogue?.values() ?? [])].flatMap(({ number, isHeld }) => (isHeld ? number : [])));
  const { place, seenDocuments } = await walkChain({
    source,
    index,
    heads,
    report,
    isHeld: (number) => held.has(number),
    onLink(link) {
      manifests += 1;
      documentBytes += link.manifest.sizeBytes;
      if (catalogue) compareLink(catalogue, link, report);
      options.onProgress?.(manifests, index.manifests.length);
    },
  });
  const lastNumber = place.number;
  reportOrphans(index.documents.keys(), seenDocuments, report);
  const sealed = heads.newest?.number ?? 0;
  const unsealed = heads.newest ? Math.max(0, lastNumber - sealed) : 0;
  if (lastNumber < sealed)
    report('tail-cut', lastNumber + 1, `the newest head states ${sealed} manifests; the chain ends with ${lastNumber}`);
  if (unsealed > 0 && !options.allowsUnsealed)
    report(
      'tail-unsealed',
      sealed + 1,
      `no head covers manifests ${sealed + 1} to ${lastNumber}: nothing proves them yet`,
    );
  if (catalogue) reportGaps(catalogue, report);
  const { newest: newestHead, keys } = heads;
  const auditLog = await verifyAuditLog(source, index, {
    ...{ keys, report },
    ...{ allowsUnsealed: options.allowsUnsealed ?? false, isExpected: options.expectsAuditLog ?? false },
  });
  return {
    manifests,
    documentBytes,
    lastNumber,
    newestHead,
    unsealed,
    fingerprints: keys.map(fingerprintOf),
    auditLog,
  };
};

/** Collects faults in the order in which they are found. */
export const collectFaults = (): { readonly faults: Fault[]; readonly report: Report } => {
  const faults: Fault[] = [];
  return { faults, report: (code, subject, detail) => void faults.push({ code, subject: String(subject), detail }) };
};
