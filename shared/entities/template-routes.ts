/** The routes of /v1/templates. */
import * as z from 'zod';
import { pageOffset } from '../http/page-offset.ts';
import { pageSize } from '../http/page-size.ts';
import { route } from '../routes/route.ts';
import { mostOffset, mostOnPage } from '../tenant-calls/search.ts';
import { tenantErrors } from '../tenant-calls/tenant-errors.ts';
import { Id } from './entity-id.ts';
import { TemplateFieldsDocument, TemplatesDocument, templateTypes } from './templates.ts';

const reading = { capability: 'entities', method: 'GET', scope: 'entities:read', callsTenant: true } as const;

const listTemplates = route({
  ...reading,
  id: 'listTemplates',
  path: '/v1/templates',
  summary: 'A page of the templates',
  query: z.strictObject({
    type: z.enum(templateTypes).optional().describe('The type of what they make; absent = all types.'),
    'page[offset]': pageOffset(mostOffset).describe('Templates to pass over.'),
    'page[limit]': pageSize(mostOnPage, mostOnPage).describe('Templates on a page.'),
  }),
  answers: { 200: TemplatesDocument, ...tenantErrors },
});

const listTemplateFields = route({
  ...reading,
  id: 'listTemplateFields',
  path: '/v1/templates/{eid}/fields',
  summary: 'The fields of a template',
  parameters: z.object({ eid: Id.describe('Id of the template.') }),
  answers: { 200: TemplateFieldsDocument, ...tenantErrors, 404: 'ENTITY_UNKNOWN' },
});

export const templateRoutes = [listTemplates, listTemplateFields] as const;
