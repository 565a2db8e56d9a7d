/** Each day: the chain as the catalogue has it, from its first number to its last. No object is read. */
import { walkChain } from '../../../packages/archive-verify/src/chain.ts';
import type { Claim } from '../archive-record.ts';
import { sha256Hex } from '../format.ts';
import { manifestKey } from '../keys.ts';
import { type Portion, readManifest } from './parts.ts';

const claimsAtOnce = 500;

/** A manifest that cannot be read has no key of its own. */
const keyOf = (claim: Claim): string => {
  const manifest = readManifest(claim);
  return manifest ? manifestKey(manifest.eid, manifest.digest, claim.number) : `number ${claim.number}`;
};

export const checkCatalogue: Portion = async ({ store }, state, book) => {
  const { round } = state;
  const inBook = book.reporter({ pass: 'catalogue' });
  const report: typeof inBook = (code, subject, detail) => inBook(code, subject, `in the catalogue: ${detail}`);
  const claims = await store.listClaims(round.place.number, claimsAtOnce);
  const texts = new Map(claims.map((claim) => [keyOf(claim), claim]));
  async function* bytesOf(key: string) {
    yield Buffer.from(texts.get(key)?.manifest ?? '');
  }
  const { place } = await walkChain({
    source: { open: async ({ key }) => ({ bytes: bytesOf(key) }) },
    index: { manifests: [...texts].map(([key, { number }]) => ({ key, number })), documents: new Map() },
    ...{ heads: { signed: new Map() }, reads: 'manifests', report, onLink: () => {} },
    from: { number: round.place.number, hashes: new Set(round.place.hashes) },
  });
  for (const { number, manifest, manifestSha256 } of claims)
    if (sha256Hex(Buffer.from(manifest)) !== manifestSha256)
      report('catalogue-mismatch', number, 'the hash of the manifest is not that of its text');
  const isOver = claims.length < claimsAtOnce;
  const stated = Math.max(round.sealed, round.newestHead);
  if (isOver && place.number < stated)
    report('tail-cut', place.number + 1, `${stated} manifests were sealed; the chain ends with ${place.number}`);
  const reached = { number: place.number, hashes: [...place.hashes] };
  return { state: { ...state, round: { ...round, place: reached } }, isOver };
};
