/** Over a cycle of days: every manifest and every PDF is read whole, hashed, and compared with the catalogue; locks, too. */
import { type Catalogue, compareLink, reportGaps } from '../../../packages/archive-verify/src/catalogue.ts';
import { walkChain } from '../../../packages/archive-verify/src/chain.ts';
import type { Claim } from '../archive-record.ts';
import { isHeld } from '../holds/hold-record.ts';
import { documentKey, manifestKey } from '../keys.ts';
import type { FaultBook } from './fault-book.ts';
import { type Portion, type Running, readManifest, type VerificationParts } from './parts.ts';

/** Few, because a PDF may have hundreds of megabytes. */
const documentsAtOnce = 10;

/** The code of archive-verify, on a chain of one link. */
const checkOne = async (
  { bucket, holds, nowMillis }: VerificationParts,
  claim: Claim,
  book: FaultBook,
): Promise<void> => {
  const sinceMillis = nowMillis();
  const manifest = readManifest(claim);
  if (!manifest) return;
  const { number, eid, digest, versionId, sha256, sizeBytes, previousManifestSha256 } = manifest;
  const report = book.reporter({ pass: 'objects', entity: eid, number });
  const entry = { number, eid, digest, versionId, sha256, sizeBytes, manifestSha256: claim.manifestSha256 };
  const catalogue: Catalogue = new Map([[number, entry]]);
  const key = documentKey(eid, digest);
  // A hold that is being placed or released says nothing yet.
  const record = await holds.readHeld(eid);
  const mustBeHeld = isHeld(record) && record?.isSettled === true;
  await walkChain({
    source: bucket,
    index: {
      manifests: [{ key: manifestKey(eid, digest, number), number }],
      documents: new Map([[key, [{ key, versionId }]]]),
    },
    heads: { signed: new Map() },
    from: { number: number - 1, hashes: new Set([previousManifestSha256]) },
    report,
    isHeld: () => mustBeHeld,
    onLink: (link) => compareLink(catalogue, link, report),
  });
  reportGaps(catalogue, report);
  await book.flush();
  await book.close((fault) => fault.pass === 'objects' && fault.number === number, sinceMillis);
};

const checkAgain = async (parts: VerificationParts, state: Running, book: FaultBook): Promise<Running> => {
  const { round } = state;
  const now = round.recheck.slice(0, documentsAtOnce);
  for (const number of now) {
    const claim = await parts.store.readClaim(number);
    if (claim) await checkOne(parts, claim, book);
  }
  const recheck = round.recheck.slice(now.length);
  return { ...state, round: { ...round, recheck, documents: round.documents + now.length } };
};

export const checkObjects: Portion = async (parts, state, book) => {
  const { store, nowMillis } = parts;
  const { round, cycle = { afterNumber: 0, startedAtMillis: nowMillis() } } = state;
  if (round.recheck.length > 0) return { state: await checkAgain(parts, state, book), isOver: false };
  const wanted = Math.min(documentsAtOnce, round.target - round.cycleDocuments);
  const claims = (await store.listClaims(cycle.afterNumber, Math.max(1, wanted))).filter(
    ({ number }) => number <= round.sealed,
  );
  for (const claim of claims) await checkOne(parts, claim, book);
  const read = { documents: round.documents + claims.length, cycleDocuments: round.cycleDocuments + claims.length };
  const after = { ...state, round: { ...round, ...read } };
  const last = claims.at(-1)?.number ?? cycle.afterNumber;
  if (claims.length === 0 || last >= round.sealed)
    return { state: { ...after, cycle: undefined, wholeSinceMillis: cycle.startedAtMillis }, isOver: true };
  return { state: { ...after, cycle: { ...cycle, afterNumber: last } }, isOver: read.cycleDocuments >= round.target };
};
