/** The listing of an archive, sorted by what its keys say. Contents are read later, one at a time. */
import {
  auditHeadsPrefix,
  documentsPrefix,
  headsPrefix,
  numberOfManifestKey,
  numberOfSegmentKey,
  publicKeysPrefix,
} from '../../../shared/archive/keys.ts';
import type { Report } from './fault.ts';
import type { ArchiveSource, Item } from './source.ts';

/** A manifest, or a segment of the audit log. */
export type LinkItem = Item & { readonly number: number };

export type ArchiveIndex = {
  /** By number. */
  readonly manifests: readonly LinkItem[];
  /** The versions of each PDF, newest first. */
  readonly documents: Map<string, Item[]>;
  readonly heads: readonly Item[];
  readonly publicKeys: readonly Item[];
  /** Of the audit log, by number. */
  readonly segments: readonly LinkItem[];
  readonly auditHeads: readonly Item[];
};

const inOrder = (items: readonly LinkItem[]): LinkItem[] => items.toSorted((a, b) => a.number - b.number);

/** Reports delete markers, versions beyond the first of a key, and what has no place in an archive. */
export const indexArchive = async (source: Pick<ArchiveSource, 'list'>, report: Report): Promise<ArchiveIndex> => {
  const versions = new Map<string, Item[]>();
  for await (const item of source.list()) {
    if (item.isDeleteMarker)
      report('delete-marker', item.key, `delete marker ${item.versionId} hides what was archived`);
    else if (item.isNoFile) report('stray-object', item.key, 'it is a link or a device, not a file');
    else versions.set(item.key, [...(versions.get(item.key) ?? []), item]);
  }
  const manifests: LinkItem[] = [];
  const documents = new Map<string, Item[]>();
  const segments: LinkItem[] = [];
  const [heads, publicKeys, auditHeads]: [Item[], Item[], Item[]] = [[], [], []];
  for (const [key, all] of versions) {
    const oldest = all.at(-1);
    if (!oldest) continue;
    for (const { versionId } of all.slice(0, -1))
      report('extra-version', key, `version ${versionId} was written over the archived one`);
    const number = numberOfManifestKey(key);
    const segment = numberOfSegmentKey(key);
    if (segment !== undefined) segments.push({ ...oldest, number: segment });
    else if (number !== undefined) manifests.push({ ...oldest, number });
    else if (key.startsWith(documentsPrefix) && key.endsWith('.pdf')) documents.set(key, all);
    else if (key.startsWith(headsPrefix) && key.endsWith('.json')) heads.push(oldest);
    else if (key.startsWith(auditHeadsPrefix) && key.endsWith('.json')) auditHeads.push(oldest);
    else if (key.startsWith(publicKeysPrefix) && key.endsWith('.pem')) publicKeys.push(oldest);
    else report('stray-object', key, 'nothing of this name belongs to an archive');
  }
  return { manifests: inOrder(manifests), documents, heads, publicKeys, segments: inOrder(segments), auditHeads };
};
