/**
 * The version on which a write is based: the caller names it, or the facade reads the latest one and tries again when somebody else was
 * faster. The tenant compares digests, so that no write of these routes is forced.
 */
import * as z from 'zod';
import { AppError, unsent } from '../errors/app-error.ts';
import { versionInTag } from '../exchange/own-tag.ts';
import type { Headers } from '../http/headers.ts';
import type { Tenant, TenantAnswer } from '../tenant-calls/ask-tenant.ts';
import { isAbsent, readAnswer, tenantSaid } from '../tenant-calls/tenant-refusal.ts';
import { entityPath, unknownEntity } from './entity-id.ts';

export const versionHeaders = z.object({
  'If-Match': z
    .string()
    .trim()
    .refine((tag) => /^(W\/)?"[!#-+\--~]{1,150}"$/.test(tag), 'must be the ETag of the entity as it was read')
    .transform(versionInTag)
    .optional()
    .describe(
      'The ETag of the entity as it was read. If the entity was changed meanwhile, the write is refused with 412.',
    ),
});

export const onConflict = z
  .enum(['retry'])
  .optional()
  .describe(
    'In place of If-Match. The facade reads the latest version, writes on it, and does both again, at most eight times, while others are faster.',
  );

/** What a write says about versions. */
export type VersionGiven = { readonly ifMatch: string | undefined; readonly onConflict: 'retry' | undefined };

/** Waits between two tries. */
export type Pause = (millis: number) => Promise<void>;

const mostTries = 8;
const firstPauseMillis = 50;
const longestPauseMillis = 2_000;

/** Digests are opaque text. */
const Versioned = z.looseObject({
  data: z.looseObject({ attributes: z.looseObject({ digest: z.string().min(1) }) }),
});

/** From the tenant itself, because the cache may be behind. */
const latestDigest = async (tenant: Tenant, eid: string): Promise<string> => {
  const answer = await tenant.ask({ method: 'GET', path: entityPath(eid), isFresh: true });
  if (isAbsent(answer)) throw unknownEntity(eid);
  return readAnswer(answer, Versioned).data.attributes.digest;
};

const changed = (eid: string, answer: TenantAnswer): AppError =>
  new AppError('ENTITY_CHANGED', {
    detail: `${eid} has another version than the one in If-Match. Nothing was written. Read it again. ${tenantSaid(answer)}`,
    sent: false,
  });

/** Tables answer a stale digest with 428 or 409. Other operations answer 409 to a name that is taken. */
const mayBeStale = ({ status }: TenantAnswer): boolean => status === 428 || status === 409;

/** Sends the write on one version. The tenant must carry out nothing when the version is another one. */
type Send = (digest: string) => Promise<TenantAnswer>;

const writeOn = async (tenant: Tenant, eid: string, digest: string, send: Send): Promise<TenantAnswer> => {
  const answer = await send(digest);
  const isStale =
    answer.status === 428 ||
    (answer.status === 409 && (await latestDigest(tenant, eid).catch(() => digest)) !== digest);
  if (isStale) throw changed(eid, answer);
  return answer;
};

const writeOnLatest = async (tenant: Tenant, eid: string, send: Send, pause: Pause): Promise<TenantAnswer> => {
  let refused: { readonly digest: string; readonly answer: TenantAnswer } | undefined;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const digest = await latestDigest(tenant, eid);
    // The same version is refused for another reason than its age.
    if (refused?.answer.status === 409 && refused.digest === digest) return refused.answer;
    const answer = await send(digest);
    if (!mayBeStale(answer)) return answer;
    refused = { digest, answer };
    if (tries < mostTries)
      await pause(Math.min(longestPauseMillis, firstPauseMillis * 2 ** (tries - 1)) * (0.5 + Math.random()));
  }
  throw new AppError('ENTITY_CONTENDED', {
    detail: `Others have changed ${eid} before each of ${mostTries} tries. Nothing was written.`,
    retryAfterSeconds: 1,
    sent: false,
  });
};

/**
 * @param eid whose digest the write carries.
 * @throws AppError VERSION_MISSING, REQUEST_INVALID, ENTITY_CHANGED, ENTITY_CONTENDED, ENTITY_UNKNOWN; each of them without a write.
 */
export const writeVersioned = async (
  tenant: Tenant,
  eid: string,
  given: VersionGiven,
  pause: Pause,
  send: Send,
): Promise<TenantAnswer> => {
  const { ifMatch, onConflict: chosen } = given;
  if (ifMatch !== undefined && chosen !== undefined)
    throw new AppError('REQUEST_INVALID', {
      detail: 'onConflict: stands in place of If-Match.',
      source: { parameter: 'onConflict' },
    });
  if (ifMatch !== undefined) return writeOn(tenant, eid, ifMatch, send);
  if (chosen !== undefined) return writeOnLatest(tenant, eid, send, pause);
  throw unsent(
    new AppError('VERSION_MISSING', {
      detail:
        'Send If-Match with the ETag that you have read, or let the facade write on the latest version: ?onConflict=retry.',
      source: { header: 'If-Match' },
    }),
  );
};

const Included = z.looseObject({
  included: z
    .array(
      z.looseObject({ id: z.string(), attributes: z.looseObject({ digest: z.string().min(1).nullish() }).nullish() }),
    )
    .nullish(),
  data: z.unknown(),
});

/** The digest of the entity in a document about it, which has it in `data` or in `included`. */
export const digestIn = (document: unknown, eid: string): string | undefined => {
  const read = Included.safeParse(document);
  // The columns of a table have its id, too.
  const found = read.data?.included?.find(({ id, attributes }) => id === eid && attributes?.digest);
  if (found?.attributes?.digest) return found.attributes.digest;
  const own = Versioned.safeParse(document);
  return own.success && own.data.data.id === eid ? own.data.data.attributes.digest : undefined;
};

/** The digest after a write that has succeeded. Whatever fails here does not make the write fail. */
export const digestAfter = async (tenant: Tenant, eid: string, document: unknown): Promise<string | undefined> =>
  digestIn(document, eid) ?? latestDigest(tenant, eid).catch(() => undefined);

export const etagOf = (digest: string | undefined): Headers => (digest === undefined ? [] : [['etag', `"${digest}"`]]);

export const etagHeader = { ETag: 'Version of the entity, for If-Match.' } as const;
