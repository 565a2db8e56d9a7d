/** The signed heads of the chain. */
import type { KeyObject } from 'node:crypto';
import {
  fingerprintOf,
  isSignedBy,
  parseHead,
  readPublicKey,
  type SignedHead,
} from '../../../shared/archive/format.ts';
import { headKey } from '../../../shared/archive/keys.ts';
import type { Report } from './fault.ts';
import type { ArchiveIndex } from './index-of-archive.ts';
import { checkLock } from './locks.ts';
import { readSmall } from './read-bytes.ts';
import { type ArchiveSource, type Item, SourceUnavailable } from './source.ts';

export type Heads = {
  /** With a good signature, by number. */
  readonly signed: ReadonlyMap<number, readonly SignedHead[]>;
  readonly newest: SignedHead | undefined;
  readonly fingerprints: readonly string[];
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

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

/** Reads the heads of an index, and reports those that no trusted key has signed. */
export const readHeads = async (
  source: Pick<ArchiveSource, 'open'>,
  { heads, publicKeys }: Pick<ArchiveIndex, 'heads' | 'publicKeys'>,
  pinned: KeyObject | undefined,
  report: Report,
): Promise<Heads> => {
  const keys = await trustedKeys(source, publicKeys, pinned, report);
  const signed = new Map<number, SignedHead[]>();
  let newest: SignedHead | undefined;
  for (const item of heads) {
    const head = await readHead(source, item, report);
    if (!head) continue;
    if (!keys.some((key) => isSignedBy(head, key))) {
      report('head-signature', item.key, 'no trusted key has signed this head');
      continue;
    }
    signed.set(head.number, [...(signed.get(head.number) ?? []), head]);
    if (!newest || head.number > newest.number) newest = head;
  }
  return { signed, newest, fingerprints: keys.map(fingerprintOf) };
};

export const reportNoHead = (report: Report): void =>
  report('head-missing', 'heads/', 'no head with a good signature: nothing anchors the chain');

const readHead = async (
  source: Pick<ArchiveSource, 'open'>,
  item: Item,
  report: Report,
): Promise<SignedHead | undefined> => {
  try {
    const content = await source.open(item);
    const head = parseHead(await readSmall(content.bytes));
    if (item.key !== headKey(head.signedAt, head.number)) throw new Error('its key does not fit its contents');
    checkLock(item.key, content, head, report);
    return head;
  } catch (error) {
    if (error instanceof SourceUnavailable) throw error;
    report('head-unreadable', item.key, reasonOf(error));
    return undefined;
  }
};
