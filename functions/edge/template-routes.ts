/** The routes of /v1/templates: request in, domain call, reply out. */
import { templateRoutes } from '../../shared/entities/template-routes.ts';
import { fieldsOfTemplate, findTemplates, templateTypes } from '../../shared/entities/templates.ts';
import { type CapabilityParts, capability } from './capability.ts';
import type { Handle } from './http-handler.ts';
import { type CallingPipeline, nativeUrl, pageLinks, withTenant } from './tenant-of.ts';

type TemplateRouteParts = Pick<CapabilityParts, 'identifier'> & { readonly pipeline: CallingPipeline };

export const createTemplateRoutes = (parts: TemplateRouteParts): Handle => {
  const { pipeline } = parts;
  return capability(templateRoutes)(parts, {
    listTemplates: (call) =>
      withTenant(pipeline, call, async (tenant) => {
        const { request, query } = call;
        const page = { offset: query['page[offset]'], limit: query['page[limit]'] };
        const { templates, nextOffset } = await findTemplates(tenant, query.type ? [query.type] : templateTypes, page);
        const native = nativeUrl(pipeline, request);
        return {
          status: 200,
          document: {
            data: templates.map((template) => ({
              ...template,
              links: {
                self: `${native}/entities/${encodeURIComponent(template.id)}`,
                fields: `${request.publicUrl}/v1/templates/${encodeURIComponent(template.id)}/fields`,
              },
            })),
            meta: { upstreamCalls: tenant.sentCalls() },
            links: pageLinks(request, nextOffset),
          },
        } as const;
      }),
    listTemplateFields: (call) =>
      withTenant(pipeline, call, async (tenant) => {
        const data = await fieldsOfTemplate(tenant, call.path.eid);
        return { status: 200, document: { data, meta: { upstreamCalls: tenant.sentCalls() } } } as const;
      }),
  });
};
