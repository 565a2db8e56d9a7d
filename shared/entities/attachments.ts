/** The files of an entity: those among its children that an upload of a file can make. */
import * as z from 'zod';
import { AppError, asOutcome } from '../errors/app-error.ts';
import { isPassingRefusal } from '../exchange/refusals.ts';
import type { Tenant, TenantAnswer } from '../tenant-calls/ask-tenant.ts';
import { lookAgain } from '../tenant-calls/look-again.ts';
import { isAbsent, readAnswer, unexpectedAnswer } from '../tenant-calls/tenant-refusal.ts';
import type { Attachment } from './attachment-document.ts';
import { entityPath, unknownEntity } from './entity-id.ts';
import { ListedEntities, ListedEntity, shownOf } from './listed-entity.ts';
import { digestAfter, writeVersioned } from './versions.ts';
import type { WriteParts } from './write-rows.ts';

/** What a file becomes in the tenant, by its media type or its extension. Other children are tables, samples, tasks and the like. */
const fileTypes: ReadonlySet<string> = new Set([
  ...['imageResource', 'pdf', 'excel', 'presentation', 'viewonly', 'uploadedResource', 'text', 'chemicalDrawing'],
  ...['bioSequence', 'spotfiredxp', 'signals_spotfiredxp'],
]);

const One = z.looseObject({ data: ListedEntity });
const Ancestors = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) });

const isFile = ({ attributes: { type, flags } }: ListedEntity): boolean =>
  fileTypes.has(type) && flags?.isTrashed !== true;

const toAttachment = (entity: ListedEntity): Attachment => ({ id: entity.id, attributes: shownOf(entity) });

const pageLimit = 100;
/** The tenant takes no offset above 5,000. */
const mostPages = 51;

export type Attachments = { readonly files: readonly Attachment[]; readonly isTruncated: boolean };

/** All of them: the tenant cannot filter its pages. */
export const listAttachments = async (tenant: Tenant, eid: string): Promise<Attachments> => {
  const files: Attachment[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const path = `${entityPath(eid)}/children?page[offset]=${page * pageLimit}&page[limit]=${pageLimit}`;
    const answer = await tenant.ask({ method: 'GET', path });
    if (isAbsent(answer)) throw unknownEntity(eid);
    const { data, links } = readAnswer(answer, ListedEntities);
    files.push(...data.filter(isFile).map(toAttachment));
    if (data.length === 0 || !links?.next) return { files, isTruncated: false };
  }
  return { files, isTruncated: true };
};

export type FileBytes = { readonly bytes: Uint8Array; readonly mediaType: string };

const written = async (tenant: Tenant, answer: TenantAnswer): Promise<Attachment> => {
  if (answer.status >= 200 && answer.status <= 299) {
    const { data } = readAnswer(answer, One);
    const digest = await digestAfter(tenant, data.id, answer.document);
    return toAttachment({ ...data, attributes: { ...data.attributes, digest } });
  }
  const refusal = unexpectedAnswer(answer);
  throw isPassingRefusal(answer.status) ? refusal : asOutcome(refusal);
};

/** The version is the one of the entity that gets the file. @throws AppError as `writeVersioned` does. */
export const addAttachment = async (
  tenant: Tenant,
  eid: string,
  fileName: string,
  { bytes, mediaType }: FileBytes,
  { version, pause }: WriteParts,
): Promise<Attachment> => {
  const path = `${entityPath(eid)}/children/${encodeURIComponent(fileName)}`;
  const answer = await writeVersioned(tenant, eid, version, pause, (digest) =>
    tenant.ask({
      method: 'POST',
      path: `${path}?digest=${encodeURIComponent(digest)}`,
      bytes,
      mediaType,
      isMain: true,
    }),
  );
  if (isAbsent(answer)) throw unknownEntity(eid);
  return written(tenant, answer);
};

/** @throws AppError ENTITY_UNKNOWN for a file of another entity. */
export const ensureAttached = async (tenant: Tenant, eid: string, id: string): Promise<void> =>
  lookAgain(tenant, async (looking) => {
    const answer = await looking.ask({ method: 'GET', path: `${entityPath(id)}/ancestors` });
    const isThere = !isAbsent(answer) && readAnswer(answer, Ancestors).data.some((one) => one.id === eid);
    if (!isThere) throw unknownEntity(`file ${id} in ${eid}`);
  });

/** The version is the one of the file. */
export const replaceAttachment = async (
  tenant: Tenant,
  eid: string,
  id: string,
  { bytes, mediaType }: FileBytes,
  { version, pause }: WriteParts,
): Promise<Attachment> => {
  await ensureAttached(tenant, eid, id);
  const path = `${entityPath(id)}/attachment`;
  const answer = await writeVersioned(tenant, id, version, pause, (digest) =>
    tenant.ask({ method: 'PUT', path: `${path}?digest=${encodeURIComponent(digest)}`, bytes, mediaType, isMain: true }),
  );
  return written(tenant, answer);
};

/** Of a request that should carry the bytes of a file. @throws AppError MEDIA_TYPE_UNKNOWN for a form. */
export const fileOf = (body: Uint8Array | undefined, mediaType: string | undefined): FileBytes => {
  if (/^\s*multipart\//i.test(mediaType ?? ''))
    throw new AppError('MEDIA_TYPE_UNKNOWN', {
      detail:
        'Send the bytes of the file itself as the body, with the media type of the file: the tenant takes no forms.',
    });
  return { bytes: body ?? new Uint8Array(), mediaType: mediaType ?? 'application/octet-stream' };
};
