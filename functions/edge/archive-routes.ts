/** The routes of /v1/archive: request in, domain call, reply out. */
import { Readable } from 'node:stream';
import type { ArchivedFiles } from '../../shared/archive/archive-bucket.ts';
import { toArchiveDocument, toArchiveEntryDocument } from '../../shared/archive/archive-document.ts';
import type { Claim } from '../../shared/archive/archive-record.ts';
import type { ArchiveQuery, ArchiveStore } from '../../shared/archive/archive-store.ts';
import type { Backfills } from '../../shared/archive/backfills/backfills.ts';
import { backfillRoutes } from '../../shared/archive/backfills/routes.ts';
import { manifestOf } from '../../shared/archive/claim.ts';
import type { Holds } from '../../shared/archive/holds/holds.ts';
import { holdRoutes } from '../../shared/archive/holds/routes.ts';
import { documentKey } from '../../shared/archive/keys.ts';
import { isWanted } from '../../shared/archive/listing.ts';
import { archiveRoutes } from '../../shared/archive/routes.ts';
import { toVerificationDocument } from '../../shared/archive/verification/verification-document.ts';
import type { VerificationStore } from '../../shared/archive/verification/verification-record.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Caller } from '../../shared/exchange/consumer.ts';
import type { ByteRange } from '../../shared/exports/result-files.ts';
import { nextPageOf } from '../../shared/http/next-page.ts';
import type { LargeAnswers } from '../../shared/large-answers/large-answers.ts';
import type { NativePipeline } from '../../shared/pipeline/pipeline.ts';
import { toIso } from '../../shared/time/iso.ts';
import { createBackfillHandlers } from './backfill-routes.ts';
import { type CapabilityParts, capability } from './capability.ts';
import { countedFile, redirectTo, streamFile, wantsRedirect } from './file-reply.ts';
import { createHoldHandlers } from './hold-routes.ts';
import type { Handle } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';

export type ArchiveRouteParts = Pick<CapabilityParts, 'idempotency' | 'acts' | 'identifier'> & {
  readonly pipeline: Pick<NativePipeline, 'as'>;
  readonly store: Pick<ArchiveStore, 'list' | 'listAfter' | 'readPublished'>;
  readonly files: ArchivedFiles;
  readonly largeAnswers: Pick<LargeAnswers, 'around'>;
  readonly verification: Pick<VerificationStore, 'read' | 'listFaults'>;
  readonly stage: string;
  readonly holds: Holds;
  readonly backfills: Backfills;
  /** Which of these experiments have a hold. */
  readonly heldAmong: (eids: readonly string[]) => Promise<ReadonlySet<string>>;
};

type Page = { readonly claims: readonly Claim[]; readonly next: string | undefined };
type Filters = {
  readonly [name in 'filter[entity]' | 'filter[notebook]' | 'filter[closedBy]']?: string | undefined;
} & { readonly [name in 'filter[from]' | 'filter[until]']?: number | undefined };

const toQuery = (query: Filters): ArchiveQuery => {
  const { 'filter[from]': from, 'filter[until]': until } = query;
  return {
    entity: query['filter[entity]'],
    notebook: query['filter[notebook]'],
    closedBy: query['filter[closedBy]'],
    ...(from === undefined ? {} : { from: toIso(from) }),
    ...(until === undefined ? {} : { until: toIso(until) }),
  };
};

const unknown = (): AppError =>
  new AppError('ARCHIVE_UNKNOWN', { detail: 'The archive has no entry of this id that you may read.' });

/** A caller that never acts as a person sees the whole archive: its scope says so. */
const mayBePerson = ({ consumer }: Caller): boolean =>
  (consumer.actsAs ?? ['service']).some((kind) => kind !== 'service');

/** An answer of the cache that is older is not taken, so whoever loses a right loses the PDFs within a minute. */
const lookUp = { headers: [['cache-control', 'max-age=55']] as const };
const readable: ReadonlySet<number> = new Set([200, 304]);
const hidden: ReadonlySet<number> = new Set([401, 403, 404, 410]);
/** Look-ups of one page at a time. */
const atOnce = 5;

export const createArchiveRoutes = (parts: ArchiveRouteParts): Handle => {
  const { pipeline, store, files, verification, stage } = parts;

  /** @returns whether the caller may read the experiment now, and whether it was the service account that asked. */
  const look = async (request: HttpRequest, caller: Caller, eid: string) => {
    const path = `/entities/${encodeURIComponent(eid)}`;
    const { status, body, actedAs } = await pipeline
      .as(caller, request.requestId, request.publicUrl)
      .call({ method: 'GET', path, ...lookUp });
    if (body instanceof Readable) body.destroy();
    if (actedAs === 'service') return { isService: true, mayRead: true };
    if (readable.has(status)) return { isService: false, mayRead: true };
    if (hidden.has(status)) return { isService: false, mayRead: false };
    throw new AppError('UPSTREAM_UNREADABLE', {
      detail: `The tenant did not say whether you may read ${eid}: it answered with ${status}.`,
    });
  };

  const onlyReadable = async (request: HttpRequest, caller: Caller, claims: readonly Claim[]): Promise<Claim[]> => {
    const eids = [...new Set(claims.map((claim) => manifestOf(claim).eid))];
    const [first, ...others] = eids;
    if (first === undefined || !mayBePerson(caller)) return [...claims];
    const { isService, mayRead } = await look(request, caller, first);
    if (isService) return [...claims];
    const shown = new Set(mayRead ? [first] : []);
    for (let next = 0; next < others.length; next += atOnce)
      await Promise.all(
        others.slice(next, next + atOnce).map(async (eid) => {
          if ((await look(request, caller, eid)).mayRead) shown.add(eid);
        }),
      );
    return claims.filter((claim) => shown.has(manifestOf(claim).eid));
  };

  const find = async (request: HttpRequest, caller: Caller, id: string): Promise<Claim> => {
    const claim = /^[1-9]\d{0,11}$/.test(id) ? await store.readPublished(Number(id)) : undefined;
    const [shown] = claim ? await onlyReadable(request, caller, [claim]) : [];
    if (!shown) throw unknown();
    return shown;
  };

  const selfOf = ({ publicUrl }: HttpRequest): string => `${publicUrl}/v1/archive`;

  const newest = async (request: HttpRequest, wanted: ArchiveQuery, limit: number, behind?: string): Promise<Page> => {
    const { claims, cursor } = await store.list(wanted, limit, behind);
    return { claims, next: cursor === undefined ? undefined : nextPageOf(selfOf(request), request.query, cursor) };
  };

  /** The next page begins after the last entry that was looked at, whether it is wanted or not. */
  const following = async (request: HttpRequest, wanted: ArchiveQuery, limit: number, after: number): Promise<Page> => {
    const { claims, isMore } = await store.listAfter(after, limit);
    const last = claims.at(-1)?.number ?? after;
    const next = isMore ? nextPageOf(selfOf(request), request.query, String(last), 'filter[after]') : undefined;
    return { claims: claims.filter((claim) => isWanted(claim, wanted)), next };
  };

  const heldOf = (claims: readonly Claim[]) =>
    parts.heldAmong([...new Set(claims.map((claim) => manifestOf(claim).eid))]);

  return capability([...archiveRoutes, ...holdRoutes, ...backfillRoutes] as const)(parts, {
    ...createHoldHandlers(parts.holds),
    ...createBackfillHandlers(parts.backfills),
    listArchive: async ({ request, caller, query }) => {
      const wanted = toQuery(query);
      const after = query['filter[after]'];
      const limit = query['page[limit]'];
      const { claims, next } =
        after === undefined
          ? await newest(request, wanted, limit, query['page[cursor]'])
          : await following(request, wanted, limit, after);
      const shown = await onlyReadable(request, caller, claims);
      return { status: 200, document: toArchiveDocument(shown, await heldOf(shown), request.publicUrl, next) };
    },
    readArchiveVerification: async () => {
      const [state, faults] = await Promise.all([verification.read(), verification.listFaults()]);
      return { status: 200, document: toVerificationDocument(state, faults, stage) };
    },
    readArchiveEntry: async ({ request, caller, path }) => {
      const claim = await find(request, caller, path.archiveId);
      return { status: 200, document: toArchiveEntryDocument(claim, await heldOf([claim]), request.publicUrl) };
    },
    readArchiveContent: async ({ request, caller, path, headers, facts }) => {
      const { eid, digest, versionId, sha256, sizeBytes } = manifestOf(await find(request, caller, path.archiveId));
      const key = documentKey(eid, digest);
      const fileName = `${eid.replaceAll(':', '-')}-${digest}.pdf`;
      const presign = (seconds: number) => files.presign(key, versionId, fileName, seconds);
      if (wantsRedirect(headers.Prefer)) return redirectTo(presign);
      const file = { mediaType: 'application/pdf', fileName, sha256, sizeBytes };
      const open = async (range: ByteRange | undefined) => {
        const body = await files.open(key, versionId, range);
        if (!body) throw unknown();
        return body;
      };
      return countedFile(parts.largeAnswers, { request, caller, facts }, () =>
        streamFile(request, file, headers.Range, { open, presign }),
      );
    },
  });
};
