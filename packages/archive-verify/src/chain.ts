/** The chain of manifests, in one pass by number, with the PDF of each. */
import { type Manifest, parseManifest, sha256Hex } from '../../../shared/archive/format.ts';
import { documentKey, manifestKey } from '../../../shared/archive/keys.ts';
import { type Report, reasonOf } from './fault.ts';
import type { Heads } from './heads.ts';
import type { ArchiveIndex, LinkItem } from './index-of-archive.ts';
import { checkHold, checkLock } from './locks.ts';
import { digestsOf, readSmall } from './read-bytes.ts';
import { type ArchiveSource, type Item, SourceUnavailable } from './source.ts';

export type Link = { readonly manifest: Manifest; readonly sha256: string };

/** Where a walk stands: the last number, and the hashes of the manifests that have it. */
type Place = { readonly number: number; readonly hashes: ReadonlySet<string | null> };
const start: Place = { number: 0, hashes: new Set([null]) };

type Walk = {
  readonly source: Pick<ArchiveSource, 'open'>;
  readonly index: Pick<ArchiveIndex, 'manifests' | 'documents'>;
  readonly heads: Pick<Heads, 'signed'>;
  readonly report: Report;
  /** Where the walk begins; absent = at the first number. A part of a chain is checked as the whole is. */
  readonly from?: Place | undefined;
  /** `manifests` = no PDF is opened. */
  readonly reads?: 'manifests' | 'documents';
  /** Whether a legal hold lies on the version with this number; absent = not known. */
  readonly isHeld?: (number: number) => boolean;
  /** Called for each manifest that can be read, in the order of the chain. */
  onLink(link: Link): void;
};

type Walked = { readonly place: Place; readonly seenDocuments: ReadonlySet<string> };

/** Checks the chain from its start, or from a place, to its end. Gives the place of the end, with number 0 for none. */
export const walkChain = async (walk: Walk): Promise<Walked> => {
  const { index, report, from = start, reads = 'documents' } = walk;
  const seenDocuments = new Set<string>();
  let former = from;
  for (const [number, rivals] of byNumber(index.manifests)) {
    reportGap(former.number + 1, number, report);
    if (rivals.length > 1)
      report(
        'chain-forked',
        number,
        `${rivals.length} manifests have this number: ${rivals.map(({ key }) => key).join(', ')}`,
      );
    const hashes = new Set<string | null>();
    for (const item of rivals) {
      const link = await readLink(walk, item);
      if (!link) continue;
      hashes.add(link.sha256);
      // After a gap, or after a manifest that cannot be read, there is nothing to compare with: that fault is reported already.
      const isComparable = former.number === number - 1 && former.hashes.size > 0;
      if (isComparable && !former.hashes.has(link.manifest.previousManifestSha256))
        report(
          'chain-broken',
          item.key,
          `it does not follow manifest ${number - 1}: the hash of the previous manifest differs`,
        );
      walk.onLink(link);
      if (reads === 'documents') await checkDocument(walk, item, link.manifest, seenDocuments);
    }
    checkHeads(walk, number, hashes);
    former = { number, hashes };
  }
  return { place: former, seenDocuments };
};

export const reportOrphans = (keys: Iterable<string>, named: ReadonlySet<string>, report: Report): void => {
  for (const key of keys) if (!named.has(key)) report('document-without-manifest', key, 'no manifest names this PDF');
};

/** Several manifests have one number only where somebody made a second chain. */
const byNumber = (manifests: readonly LinkItem[]): Map<number, LinkItem[]> => {
  const groups = new Map<number, LinkItem[]>();
  for (const item of manifests) {
    const group = groups.get(item.number);
    if (group) group.push(item);
    else groups.set(item.number, [item]);
  }
  return groups;
};

const mostGapLines = 1000;

const reportGap = (expected: number, found: number, report: Report): void => {
  const end = Math.min(found, expected + mostGapLines);
  for (let number = expected; number < end; number += 1)
    report('manifest-missing', number, `manifest ${number} is missing from the chain`);
  if (end < found) report('manifest-missing', end, `manifests ${end} to ${found - 1} are missing from the chain`);
};

const readLink = async ({ source, report, isHeld }: Walk, item: LinkItem): Promise<Link | undefined> => {
  try {
    const content = await source.open(item);
    const bytes = await readSmall(content.bytes);
    const manifest = parseManifest(bytes);
    const ownKey = manifestKey(manifest.eid, manifest.digest, manifest.number);
    if (item.key !== ownKey) report('manifest-misplaced', item.key, `its contents belong at ${ownKey}`);
    checkLock(item.key, content, manifest, report);
    checkHold(item.key, content, isHeld?.(item.number) ?? false, report);
    return { manifest, sha256: sha256Hex(bytes) };
  } catch (error) {
    if (error instanceof SourceUnavailable) throw error;
    report('manifest-unreadable', item.key, reasonOf(error));
    return undefined;
  }
};

const checkHeads = ({ heads, report }: Walk, number: number, hashes: ReadonlySet<string | null>): void => {
  for (const { manifestSha256, signedAt } of heads.signed.get(number) ?? [])
    if (!hashes.has(manifestSha256))
      report('head-mismatch', number, `the head signed at ${signedAt} states another hash of this manifest`);
};

const checkDocument = async (walk: Walk, item: LinkItem, manifest: Manifest, seen: Set<string>): Promise<void> => {
  const { source, index, report } = walk;
  const key = documentKey(manifest.eid, manifest.digest);
  if (seen.has(key)) report('document-doubled', key, `manifest ${item.number} names a PDF that an earlier one names`);
  seen.add(key);
  const version = versionOf(index.documents.get(key) ?? [], manifest);
  if (!version) {
    report('document-missing', key, `manifest ${item.number} names this PDF, version ${manifest.versionId}`);
    return;
  }
  try {
    const content = await source.open(version);
    const actual = await digestsOf(content.bytes);
    const changed = (['sha256', 'crc64nvme', 'sizeBytes'] as const).filter((name) => actual[name] !== manifest[name]);
    if (changed.length > 0)
      report('document-changed', key, `${changed.join(', ')} differ from manifest ${item.number}`);
    checkLock(key, content, manifest, report);
    checkHold(key, content, walk.isHeld?.(item.number) ?? false, report);
  } catch (error) {
    if (error instanceof SourceUnavailable) throw error;
    report('document-missing', key, `it cannot be read: ${reasonOf(error)}`);
  }
};

/** In a folder there is one version, without an id. */
const versionOf = (versions: readonly Item[], { versionId }: Manifest): Item | undefined =>
  versions.find((each) => each.versionId === undefined || each.versionId === versionId);
