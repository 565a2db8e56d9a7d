/** The routes of /v1/materials: request in, domain call, reply out. */
import { AppError } from '../../shared/errors/app-error.ts';
import { type Kind, toMaterial } from '../../shared/materials/material-document.ts';
import {
  type MaterialPage,
  type Page,
  pageOfAsset,
  pageOfLibrary,
  readBatch,
} from '../../shared/materials/materials.ts';
import { materialRoutes } from '../../shared/materials/routes.ts';
import type { QueryOf } from '../../shared/routes/route.ts';
import type { Tenant } from '../../shared/tenant-calls/ask-tenant.ts';
import { type CapabilityParts, capability, type Handlers } from './capability.ts';
import type { Handle } from './http-handler.ts';
import { type CallingPipeline, nativeUrl, pageLinks, withTenant } from './tenant-of.ts';

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

type PageCall = Parameters<Handlers<typeof materialRoutes>['listAssets']>[0];

export const createMaterialRoutes = (parts: MaterialRouteParts): Handle => {
  const { pipeline } = parts;

  const pageReply = (call: PageCall, read: (tenant: Tenant, page: Page) => Promise<MaterialPage>) => {
    const page = toPage(call.query);
    return withTenant(pipeline, call, async (tenant) => {
      const { materials, total, isTruncated, nextOffset } = await read(tenant, page);
      const native = nativeUrl(pipeline, call.request);
      return {
        status: 200,
        document: {
          data: materials.map((material) => toMaterial(material, native)),
          meta: { ...(total === undefined ? {} : { total }), isTruncated, upstreamCalls: tenant.sentCalls() },
          links: pageLinks(call.request, nextOffset),
        },
      } as const;
    });
  };

  const listOf = (kind: Kind) => (call: PageCall) =>
    pageReply(call, (tenant, page) => pageOfLibrary(tenant, kind, call.path.library, page));

  return capability(materialRoutes)(parts, {
    listAssets: listOf('asset'),
    listBatches: listOf('batch'),
    listAssetBatches: (call) =>
      pageReply(call, (tenant, page) => pageOfAsset(tenant, call.path.library, call.path.asset, page)),
    readBatch: (call) =>
      withTenant(pipeline, call, async (tenant) => {
        const batch = await readBatch(tenant, call.path.library, call.path.batch, call.query.structure);
        const data = toMaterial(batch, nativeUrl(pipeline, call.request));
        return { status: 200, document: { data, meta: { upstreamCalls: tenant.sentCalls() } } } as const;
      }),
  });
};
