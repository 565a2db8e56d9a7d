/** Each day: every head has a good signature of the key, a lock, and the hash that the catalogue has for its number. */
import { readHeads, reportNoHead } from '../../../packages/archive-verify/src/heads.ts';
import { indexArchive } from '../../../packages/archive-verify/src/index-of-archive.ts';
import { headsPrefix, publicKeysPrefix } from '../keys.ts';
import { listingOf, type Portion, wholeGroups } from './parts.ts';

const whole = (key: string): string => key;

export const checkHeads: Portion = async ({ bucket, store, publicKey }, state, book) => {
  const { round } = state;
  const report = book.reporter({ pass: 'heads' });
  const place = round.afterKey === undefined ? undefined : { key: round.afterKey };
  const { items, afterKey } = wholeGroups(await bucket.listPage(headsPrefix, place), whole);
  const index = await indexArchive(listingOf(items), report);
  const { signed, newest } = await readHeads(bucket, index, await publicKey(), report);
  for (const [number, heads] of signed) {
    const claim = await store.readClaim(number);
    for (const { signedAt, manifestSha256 } of claim ? heads : [])
      if (manifestSha256 !== claim?.manifestSha256)
        report('head-mismatch', number, `the head signed at ${signedAt} states another hash than the catalogue`);
  }
  const newestHead = Math.max(round.newestHead, newest?.number ?? 0);
  if (afterKey === undefined) {
    await indexArchive(listingOf((await bucket.listPage(publicKeysPrefix)).items), report);
    if (newestHead === 0 && round.sealed > 0) reportNoHead(report);
    else if (newestHead < round.sealed)
      report('head-missing', round.sealed, `number ${round.sealed} was sealed; the newest head is of ${newestHead}`);
  }
  return { state: { ...state, round: { ...round, newestHead, afterKey } }, isOver: afterKey === undefined };
};
