/** Marks a sample as registered: the tenant gets the digest that the caller has registered in the outside system. */
import { AppError } from '../errors/app-error.ts';
import type { Tenant } from '../tenant-calls/ask-tenant.ts';
import { tenantSaid, unexpectedAnswer } from '../tenant-calls/tenant-refusal.ts';
import type { Clock } from '../time/clock.ts';
import type { Look } from './look.ts';
import { lookAs, pathOfProperties, versionAs } from './read-sample.ts';

/** Rounds of reading and writing while others change the sample's version. */
const mostRounds = 3;

export const changed = ({ self }: Look, digest: string, isWritten: boolean): AppError =>
  new AppError('SAMPLE_CHANGED', {
    detail: isWritten
      ? `The sample changed while it was being marked. It is drifted: the tenant has ${digest} as registered, and its digest is now ${self}. Register it again.`
      : `The digest of the sample is ${self}, not the one in If-Match. Yours is not registered. Read the sample, register it as it is now, and mark that.`,
    source: { header: 'If-Match' },
    headers: [['etag', `"${self}"`]],
  });

const busy = (): AppError =>
  new AppError('SAMPLE_BUSY', {
    detail: 'Others changed the sample while it was being marked, and it still has your digest. Repeat the request.',
    retryAfterSeconds: 1,
  });

/** @returns false if the sample has another version. */
const writeExternal = async (
  tenant: Tenant,
  sampleId: string,
  { digest, version }: { readonly digest: string; readonly version: string | undefined },
): Promise<boolean> => {
  const condition = version === undefined ? '' : `?digest=${encodeURIComponent(version)}`;
  const answer = await tenant.ask({
    method: 'PATCH',
    path: `${pathOfProperties(sampleId)}/digests.external${condition}`,
    document: { data: { attributes: { content: { value: digest } } } },
    isMain: true,
  });
  if (answer.status === 428 || answer.status === 409) return false;
  if (answer.status === 403)
    throw new AppError('TENANT_REFUSED', {
      detail: `${tenantSaid(answer)} A closed, cancelled or trashed sample cannot be marked.`,
    });
  if (answer.status > 299) throw unexpectedAnswer(answer);
  return true;
};

export const isMarked = ({ self, external }: Look, digest: string): boolean => self === digest && external === digest;

/**
 * What is written is the caller's digest, never the one that was read: whatever happens meanwhile, a sample with another content is
 * never marked as in sync. The version keeps a late call from overwriting a newer registration.
 * @param beforeWrite called before each write.
 * @returns the look that shows the digest as registered: the sample is in sync, or has drifted since the write. @throws AppError SAMPLE_CHANGED, SAMPLE_BUSY, SAMPLE_UNKNOWN, and as `tenant` does.
 */
export const markRegistered = async (
  tenant: Tenant,
  sampleId: string,
  digest: string,
  clock: Clock,
  beforeWrite: () => Promise<void>,
): Promise<Look> => {
  for (let round = 0; round < mostRounds; round += 1) {
    const version = await versionAs(tenant, sampleId);
    const look = await lookAs(tenant, sampleId, clock);
    if (look.self !== digest) throw changed(look, digest, false);
    if (isMarked(look, digest)) return look;
    await beforeWrite();
    if (!(await writeExternal(tenant, sampleId, { digest, version }))) continue;
    const confirmed = await lookAs(tenant, sampleId, clock);
    if (confirmed.external === digest) return confirmed;
  }
  throw busy();
};
