/** Files in and out of the notebook: upload as a child, replace, download. */
import { entityDocument } from '../documents/entity-document.ts';
import { badRequest, lengthRequired, notFound, SignalsError, tooLarge } from '../errors.ts';
import { type Call, checkDigest, checkEditable, entityOf, param, type Routes } from '../http/call.ts';
import { created, exported, ok, type Reply } from '../http/reply.ts';
import { ownOf } from '../json.ts';
import { bytesContent, contentBytes, textContent } from '../tenant/content.ts';
import { createDrawing } from '../tenant/drawings.ts';
import { extensionOf, mediaTypeOfFile, typeOfFile } from '../tenant/file-types.ts';
import type { Content, Entity } from '../tenant/model.ts';
import { changed } from '../tenant/tenant.ts';
import { uploadParents } from '../tenant/types.ts';
import { type Exporter, noFormat, withExtension } from './exporter.ts';
import { shrunkenImage } from './images.ts';
import { exportTable, isExportableTable } from './table-export.ts';

const largestTextBytes = 500 * 1024;
const shrinkAboveBytes = 5 * 1024 * 1024;

/** Scripts and handlers go, the rest stays; how the tenant really sanitises is not stated. */
const sanitiseHtml = (html: string): string =>
  html.replace(/<script[\s\S]*?<\/script\s*>/gi, '').replace(/\son\w+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, '');

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Plain text comes back in one `<pre>` element. That its signs are escaped there is the safe reading. */
const escapeHtml = (text: string): string => text.replace(/[&<>]/g, (sign) => signs[sign] ?? sign);

const unescapeHtml = (html: string): string =>
  Object.entries(signs)
    .toReversed()
    .reduce((text, [sign, name]) => text.replaceAll(name, sign), html);

const mediaTypeOf = (call: Call) =>
  (String(call.headers['content-type'] ?? '').split(';')[0] ?? '').trim().toLowerCase();

const storedContent = (mediaType: string, bytes: Buffer): Content => {
  if (mediaType === 'text/html') return textContent(mediaType, sanitiseHtml(bytes.toString('utf8')));
  if (mediaType === 'text/plain') return textContent(mediaType, `<pre>${escapeHtml(bytes.toString('utf8'))}</pre>`);
  if (mediaType.startsWith('image/') && bytes.byteLength > shrinkAboveBytes) return shrunkenImage();
  return bytesContent(mediaType, bytes);
};

const checkPage = (call: Call, parent: Entity) => {
  const pageId = call.query.get('pageId');
  if (pageId === null || (call.tenant.pages.get(parent.id) ?? []).some(({ id }) => id === pageId)) return;
  throw notFound(`Page ${pageId} is not found.`);
};

const checkPlace = (call: Call): number | undefined => {
  const text = call.query.get('pageOffset');
  if (text === null) return undefined;
  if (!/^(-1|\d+)$/.test(text)) throw badRequest('pageOffset must be -1 or a place on the page.');
  return Number(text);
};

const upload = (call: Call): Reply => {
  const { tenant, user } = call;
  const parent = entityOf(call);
  const fileName = param(call, 'filename');
  if (!uploadParents.has(parent.type)) throw badRequest(`A ${parent.type} takes no files.`);
  checkEditable(tenant, parent);
  checkDigest(call, parent);
  checkPage(call, parent);
  const place = checkPlace(call);
  const mediaType = mediaTypeOfFile(mediaTypeOf(call), fileName);
  const type = typeOfFile(mediaType);
  const entity = tenant.entities.create({
    id: `${type}:${tenant.random.uuid()}`,
    type,
    name: fileName,
    createdBy: user.id,
    parentId: parent.id,
    content: storedContent(mediaType, call.body),
  });
  if (mediaType === 'chemical/x-mdl-rxnfile') tenant.drawings.set(entity.id, createDrawing(true));
  if (place !== undefined) tenant.entities.place(entity, place);
  tenant.history.record(entity, 'create', user.id, fileName);
  return created(entityDocument(call, entity));
};

const replace = (call: Call): Reply => {
  const entity = entityOf(call);
  if (call.headers['content-length'] === undefined) throw lengthRequired();
  if (entity.content === undefined && entity.type !== 'text') throw badRequest(`A ${entity.type} has no attachment.`);
  checkEditable(call.tenant, entity);
  checkDigest(call, entity);
  if (entity.type === 'text' && call.body.byteLength > largestTextBytes) throw tooLarge(largestTextBytes);
  entity.content = storedContent(mediaTypeOfFile(mediaTypeOf(call), entity.name), call.body);
  changed(call.tenant, entity, call.user.id, 'update', 'attachment');
  return ok(entityDocument(call, entity));
};

/** The entity's name, with the extension of the media type when the name has none; a bioSequence always gets one. */
const fileNameOf = (entity: Entity, mediaType: string) =>
  entity.type === 'bioSequence'
    ? `${entity.name}${extensionOf(mediaType)}`
    : withExtension(entity.name, extensionOf(mediaType));

/** A text that nobody has written yet, as in templates, is an empty page. */
const textExport = (entity: Entity, format: string): Reply => {
  const content = entity.content ?? textContent('text/html', '');
  if (format === '' || format === 'html') return exported(content, fileNameOf(entity, content.mediaType));
  if (format !== 'txt') throw noFormat(entity, format);
  const plain = unescapeHtml(
    contentBytes(content)
      .toString('utf8')
      .replace(/<[^>]*>/g, ''),
  );
  return exported(textContent('text/plain', plain), withExtension(entity.name, '.txt'));
};

export const createFileRoutes = (exporters: Readonly<Record<string, Exporter>>): Routes => {
  const exportEntity = (call: Call): Reply => {
    const entity = entityOf(call);
    const format = call.query.get('format') ?? '';
    const exporter =
      ownOf(exporters, entity.type) ?? (isExportableTable(call.tenant, entity) ? exportTable : undefined);
    if (exporter !== undefined) return exporter(call, entity, format);
    if (entity.type === 'text') return textExport(entity, format);
    if (entity.content === undefined)
      throw new SignalsError(400, 'BadRequest', 'Bad request.', `A ${entity.type} cannot be exported.`);
    if (format !== '') throw noFormat(entity, format);
    return exported(entity.content, fileNameOf(entity, entity.content.mediaType));
  };
  return {
    'POST /entities/{eid}/children/{filename}': upload,
    'PUT /entities/{eid}/attachment': replace,
    'GET /entities/{eid}/export': exportEntity,
    'HEAD /entities/{eid}/export': exportEntity,
  };
};
