/** The signed heads of a chain, and the keys that are trusted to sign them. */
import type { KeyObject } from 'node:crypto';
import {
  type AnyHead,
  type AuditHead,
  type Head,
  isSignedBy,
  parseAuditHead,
  parseHead,
  readPublicKey,
  type Signed,
} from '../../../shared/archive/format.ts';
import { auditHeadKey, headKey } from '../../../shared/archive/keys.ts';
import { type Report, reasonOf } from './fault.ts';
import type { ArchiveIndex } from './index-of-archive.ts';
import { checkLock } from './locks.ts';
import { readSmall } from './read-bytes.ts';
import { type ArchiveSource, type Item, SourceUnavailable } from './source.ts';

export type Heads<Kind extends AnyHead = Head> = {
  /** With a good signature, by number. */
  readonly signed: ReadonlyMap<number, readonly Signed<Kind>[]>;
  readonly newest: Signed<Kind> | undefined;
};

type HeadKind<Kind extends AnyHead> = {
  readonly parse: (bytes: Uint8Array) => Signed<Kind>;
  readonly keyOf: (signedAt: string, number: number) => string;
};
const archiveHeads: HeadKind<Head> = { parse: parseHead, keyOf: headKey };
export const auditHeads: HeadKind<AuditHead> = { parse: parseAuditHead, keyOf: auditHeadKey };

/** The key that the inspector brings; without one, those of the archive itself, which prove less. */
const trustedKeys = async (
  source: Pick<ArchiveSource, 'open'>,
  items: readonly Item[],
  pinned: KeyObject | undefined,
  report: Report,
): Promise<KeyObject[]> => {
  if (pinned) return [pinned];
  const keys: KeyObject[] = [];
  for (const item of items)
    try {
      keys.push(readPublicKey((await readSmall((await source.open(item)).bytes)).toString('utf8')));
    } catch (error) {
      report('key-doubtful', item.key, `it cannot be read: ${reasonOf(error)}`);
    }
  if (keys.length > 1)
    report(
      'key-doubtful',
      'public-keys/',
      `the archive holds ${keys.length} public keys: name the right one by --public-key`,
    );
  return keys;
};

/** Reads heads of a chain, and reports those that no trusted key has signed. */
export const readHeadsOf = async <Kind extends AnyHead>(
  source: Pick<ArchiveSource, 'open'>,
  items: readonly Item[],
  kind: HeadKind<Kind>,
  keys: readonly KeyObject[],
  report: Report,
): Promise<Heads<Kind>> => {
  const signed = new Map<number, Signed<Kind>[]>();
  let newest: Signed<Kind> | undefined;
  for (const item of items) {
    const head = await readHead(source, item, kind, report);
    if (!head) continue;
    if (!keys.some((key) => isSignedBy(head, key))) {
      report('head-signature', item.key, 'no trusted key has signed this head');
      continue;
    }
    signed.set(head.number, [...(signed.get(head.number) ?? []), head]);
    if (!newest || head.number > newest.number) newest = head;
  }
  return { signed, newest };
};

/** The heads of the documents in an index, and the keys that they were checked with. */
export const readHeads = async (
  source: Pick<ArchiveSource, 'open'>,
  { heads, publicKeys }: Pick<ArchiveIndex, 'heads' | 'publicKeys'>,
  pinned: KeyObject | undefined,
  report: Report,
): Promise<Heads & { readonly keys: readonly KeyObject[] }> => {
  const keys = await trustedKeys(source, publicKeys, pinned, report);
  return { ...(await readHeadsOf(source, heads, archiveHeads, keys, report)), keys };
};

export const reportNoHead = (report: Report): void =>
  report('head-missing', 'heads/', 'no head with a good signature: nothing anchors the chain');

const readHead = async <Kind extends AnyHead>(
  source: Pick<ArchiveSource, 'open'>,
  item: Item,
  { parse, keyOf }: HeadKind<Kind>,
  report: Report,
): Promise<Signed<Kind> | undefined> => {
  try {
    const content = await source.open(item);
    const head = parse(await readSmall(content.bytes));
    if (item.key !== keyOf(head.signedAt, head.number)) throw new Error('its key does not fit its contents');
    checkLock(item.key, content, head, report);
    return head;
  } catch (error) {
    if (error instanceof SourceUnavailable) throw error;
    report('head-unreadable', item.key, reasonOf(error));
    return undefined;
  }
};
