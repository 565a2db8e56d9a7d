/** The routes of /v1/entities: request in, domain call, reply out. */

import { toAttachment } from '../../shared/entities/attachment-document.ts';
import {
  addAttachment,
  ensureAttached,
  fileOf,
  listAttachments,
  replaceAttachment,
} from '../../shared/entities/attachments.ts';
import { nameOf } from '../../shared/entities/columns.ts';
import { entityPath } from '../../shared/entities/entity-id.ts';
import { changeProperties } from '../../shared/entities/properties.ts';
import { readRows } from '../../shared/entities/read-rows.ts';
import { entityRoutes } from '../../shared/entities/routes.ts';
import { additionTo } from '../../shared/entities/tables.ts';
import { etagOf, type Pause } from '../../shared/entities/versions.ts';
import { addRows, changeRow, deleteRow, type WriteParts } from '../../shared/entities/write-rows.ts';
import { headerValue } from '../../shared/http/headers.ts';
import { nextPageOf } from '../../shared/http/next-page.ts';
import { type CapabilityParts, capability, done } from './capability.ts';
import type { Handle } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';
import { checkCoding } from './json-body.ts';
import { callNative } from './native-call.ts';
import { type CallingPipeline, repetitionOf, withTenant } from './tenant-of.ts';

type EntityRouteParts = Pick<CapabilityParts, 'identifier' | 'idempotency'> & {
  readonly pipeline: CallingPipeline;
  readonly pause: Pause;
};

type Conditions = {
  readonly headers: { readonly 'If-Match'?: string | undefined };
  readonly query: { readonly onConflict?: 'retry' | undefined };
};

const filesOf = ({ publicUrl }: HttpRequest, eid: string): string =>
  `${publicUrl}/v1/entities/${encodeURIComponent(eid)}/attachments`;

/** The coding would be lost on the way, and the tenant would store the coded bytes. */
const sentFile = (request: HttpRequest) => {
  checkCoding(request);
  return fileOf(request.body, headerValue(request.headers, 'content-type'));
};

export const createEntityRoutes = ({ pipeline, pause, ...others }: EntityRouteParts): Handle => {
  const repetition = repetitionOf(pipeline, ({ path }, { eid = '' }) =>
    path.endsWith('/rows') ? additionTo(eid) : { method: 'POST', path: `${entityPath(eid)}/children/file` },
  );
  const parts = { ...others, repetition };
  const writeParts = ({ headers, query }: Conditions): WriteParts => ({
    version: { ifMatch: headers['If-Match'], onConflict: query.onConflict },
    pause,
  });

  return capability(entityRoutes)(parts, {
    listTableRows: (call) => {
      const { request, path, query } = call;
      const page = { cursor: query['page[cursor]'], limit: query['page[limit]'] };
      return withTenant(pipeline, call, async (tenant) => {
        const { rows, columns, digest, total, nextCursor } = await readRows(tenant, path.eid, query.part, page);
        const self = `${request.publicUrl}${request.path}`;
        return {
          status: 200,
          document: {
            data: rows,
            meta: {
              ...(digest === undefined ? {} : { digest }),
              columns: columns.map((column) => ({
                ...{ key: column.key, title: column.title, name: nameOf(columns, column), type: column.type },
                isReadOnly: column.readOnly === true || column.type === 'formula',
                ...(column.options ? { options: column.options } : {}),
                ...(column.defaultUnit ? { defaultUnit: column.defaultUnit } : {}),
              })),
              total,
              upstreamCalls: tenant.sentCalls(),
            },
            links: nextCursor === undefined ? {} : { next: nextPageOf(self, request.query, nextCursor) },
          },
          headers: etagOf(digest),
        } as const;
      });
    },
    addTableRows: (call) =>
      withTenant(pipeline, call, async (tenant) => {
        const { path, query, body } = call;
        const { rows, digest } = await addRows(tenant, path.eid, query.part, body.data.attributes, writeParts(call));
        const meta = { ...(digest === undefined ? {} : { digest }), upstreamCalls: tenant.sentCalls() };
        return { status: 201, document: { data: rows, meta }, headers: etagOf(digest) } as const;
      }),
    changeTableRow: (call) =>
      withTenant(pipeline, call, async (tenant) => {
        const { path, query, body } = call;
        const place = { ...path, part: query.part };
        const { rows, digest } = await changeRow(tenant, place, body.data.attributes, writeParts(call));
        const meta = { ...(digest === undefined ? {} : { digest }), upstreamCalls: tenant.sentCalls() };
        return { status: 200, document: { data: rows, meta }, headers: etagOf(digest) } as const;
      }),
    deleteTableRow: (call) =>
      withTenant(pipeline, call, async (tenant) => {
        const { path, query } = call;
        await deleteRow(tenant, { ...path, part: query.part }, query, writeParts(call));
        return done;
      }),

    listAttachments: (call) =>
      withTenant(pipeline, call, async (tenant) => {
        const { request, path } = call;
        const { files, isTruncated } = await listAttachments(tenant, path.eid);
        return {
          status: 200,
          document: {
            data: files.map((file) => toAttachment(file, filesOf(request, path.eid))),
            meta: { isTruncated, upstreamCalls: tenant.sentCalls() },
          },
        } as const;
      }),
    addAttachment: (call) =>
      withTenant(pipeline, call, async (tenant) => {
        const { request, path, query } = call;
        const file = await addAttachment(tenant, path.eid, query.filename, sentFile(request), writeParts(call));
        const data = toAttachment(file, filesOf(request, path.eid));
        return {
          status: 201,
          document: { data, meta: { upstreamCalls: tenant.sentCalls() } },
          headers: [['location', data.links.self], ...etagOf(file.attributes.digest)],
        } as const;
      }),
    replaceAttachment: (call) =>
      withTenant(pipeline, call, async (tenant) => {
        const { request, path } = call;
        const { eid, attachmentId } = path;
        const file = await replaceAttachment(tenant, eid, attachmentId, sentFile(request), writeParts(call));
        return {
          status: 200,
          document: { data: toAttachment(file, filesOf(request, eid)), meta: { upstreamCalls: tenant.sentCalls() } },
          headers: etagOf(file.attributes.digest),
        } as const;
      }),
    readAttachment: async (call) => {
      const { request, path, query } = call;
      await withTenant(pipeline, call, async (tenant) => {
        await ensureAttached(tenant, path.eid, path.attachmentId);
        return {};
      });
      const format = query.format === undefined ? '' : `?format=${encodeURIComponent(query.format)}`;
      return callNative(pipeline, call, request.method, `${entityPath(path.attachmentId)}/export${format}`);
    },

    changeEntity: (call) =>
      withTenant(pipeline, call, async (tenant) => {
        const { eid } = call.path;
        const { properties } = call.body.data.attributes;
        const attributes = await changeProperties(tenant, eid, properties, writeParts(call));
        const { digest, ...rest } = attributes;
        return {
          status: 200,
          document: {
            data: { type: 'entity', id: eid, attributes: { ...rest, ...(digest === undefined ? {} : { digest }) } },
            meta: { upstreamCalls: tenant.sentCalls() },
          },
          headers: etagOf(digest),
        } as const;
      }),
    replaceProperties: (call) => callNative(pipeline, call, 'PATCH', `${entityPath(call.path.eid)}/properties`, true),
  });
};
