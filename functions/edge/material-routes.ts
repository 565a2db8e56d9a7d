/** The routes of /v1/materials: request in, domain call, reply out. */
import { AppError } from '../../shared/errors/app-error.ts';
import { nextPageOf } from '../../shared/http/next-page.ts';
import { toMaterial } from '../../shared/materials/material-document.ts';
import {
  type MaterialPage,
  type Page,
  pageOfAsset,
  pageOfLibrary,
  readBatch,
} from '../../shared/materials/materials.ts';
import { materialRoutes } from '../../shared/materials/routes.ts';
import type { QueryOf } from '../../shared/routes/route.ts';
import { type CapabilityParts, capability } from './capability.ts';
import type { Handle } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';
import { type CallingPipeline, nativeUrl, tenantOf } from './tenant-of.ts';

type MaterialRouteParts = Pick<CapabilityParts, 'identifier'> & { readonly pipeline: CallingPipeline };

const toPage = ({ from, until, timeField, sort, structure, ...page }: QueryOf<(typeof materialRoutes)[0]>): Page => {
  if (from !== undefined && until !== undefined && from > until)
    throw new AppError('REQUEST_INVALID', {
      detail: 'until: must not be before from.',
      source: { parameter: 'until' },
    });
  const [offset, limit] = [page['page[offset]'], page['page[limit]']];
  return { fromMillis: from, untilMillis: until, timeField, sort, structure, offset, limit };
};

export const createMaterialRoutes = (parts: MaterialRouteParts): Handle => {
  const { pipeline } = parts;

  const pageReply = (request: HttpRequest, found: MaterialPage, upstreamCalls: number) => {
    const { materials, total, isTruncated, nextOffset } = found;
    const native = nativeUrl(pipeline, request);
    const self = `${request.publicUrl}${request.path}`;
    const next =
      nextOffset === undefined ? {} : { next: nextPageOf(self, request.query, String(nextOffset), 'page[offset]') };
    return {
      status: 200,
      document: {
        data: materials.map((material) => toMaterial(material, native)),
        meta: { ...(total === undefined ? {} : { total }), isTruncated, upstreamCalls },
        links: next,
      },
    } as const;
  };

  return capability(materialRoutes)(parts, {
    listAssets: async (call) => {
      const tenant = tenantOf(pipeline, call);
      const found = await pageOfLibrary(tenant, 'asset', call.path.library, toPage(call.query));
      return pageReply(call.request, found, tenant.sentCalls());
    },
    listBatches: async (call) => {
      const tenant = tenantOf(pipeline, call);
      const found = await pageOfLibrary(tenant, 'batch', call.path.library, toPage(call.query));
      return pageReply(call.request, found, tenant.sentCalls());
    },
    listAssetBatches: async (call) => {
      const tenant = tenantOf(pipeline, call);
      const found = await pageOfAsset(tenant, call.path.library, call.path.asset, toPage(call.query));
      return pageReply(call.request, found, tenant.sentCalls());
    },
    readBatch: async (call) => {
      const tenant = tenantOf(pipeline, call);
      const batch = await readBatch(tenant, call.path.library, call.path.batch, call.query.structure);
      const data = toMaterial(batch, nativeUrl(pipeline, call.request));
      return { status: 200, document: { data, meta: { upstreamCalls: tenant.sentCalls() } } };
    },
  });
};
