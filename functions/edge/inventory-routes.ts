/** The routes of /v1/inventory: request in, domain call, reply out. */
import { AppError } from '../../shared/errors/app-error.ts';
import { createContainer, createLocation } from '../../shared/inventory/create-item.ts';
import { findItems, toFoundItem } from '../../shared/inventory/find-items.ts';
import { toContainer, toLocation } from '../../shared/inventory/item-document.ts';
import { inventoryRoutes } from '../../shared/inventory/routes.ts';
import { findWell } from '../../shared/inventory/well-position.ts';
import { type CapabilityParts, capability } from './capability.ts';
import type { Handle } from './http-handler.ts';
import { type CallingPipeline, nativeUrl, pageLinks, repetitionOf, withTenant } from './tenant-of.ts';

type InventoryRouteParts = Pick<CapabilityParts, 'identifier' | 'idempotency'> & {
  readonly pipeline: CallingPipeline;
};

const invalid = (parameter: string, detail: string): AppError =>
  new AppError('REQUEST_INVALID', { detail, source: { parameter } });

export const createInventoryRoutes = (parts: InventoryRouteParts): Handle => {
  const { pipeline } = parts;

  return capability(inventoryRoutes)(
    { ...parts, repetition: repetitionOf(pipeline) },
    {
      findInventoryItems: async (call) => {
        const { request, query } = call;
        const { kind, type, field, value } = query;
        if ((field === undefined) !== (value === undefined))
          throw invalid(field === undefined ? 'field' : 'value', 'field and value belong together.');
        const [offset, limit] = [query['page[offset]'], query['page[limit]']];
        return withTenant(pipeline, call, async (tenant) => {
          const found = await findItems(tenant, { kind, type, field, value, offset, limit });
          const { hits, total, isTruncated, nextOffset } = found;
          const native = nativeUrl(pipeline, request);
          return {
            status: 200,
            document: {
              data: hits.map((hit) => toFoundItem(hit, kind, native)),
              meta: { total, isTruncated, upstreamCalls: tenant.sentCalls() },
              links: pageLinks(request, nextOffset),
            },
          } as const;
        });
      },
      createInventoryContainer: (call) =>
        withTenant(pipeline, call, async (tenant) => {
          const native = nativeUrl(pipeline, call.request);
          const data = toContainer(await createContainer(tenant, call.body.data.attributes, native), native);
          return { status: 201, document: { data }, headers: [['location', data.links.self]] } as const;
        }),
      createInventoryLocation: (call) =>
        withTenant(pipeline, call, async (tenant) => {
          const native = nativeUrl(pipeline, call.request);
          const data = toLocation(await createLocation(tenant, call.body.data.attributes, native), native);
          return { status: 201, document: { data }, headers: [['location', data.links.self]] } as const;
        }),
      readWellPosition: async ({ query }) => {
        const found = findWell(query);
        if ('detail' in found) throw invalid(found.parameter, found.detail);
        const { label, ...attributes } = found;
        return { status: 200, document: { data: { type: 'well-position', id: label, attributes } } };
      },
    },
  );
};
