/** Templates of the tenant, which has no list of them: they are entities with a flag. */
import * as z from 'zod';
import type { Tenant } from '../tenant-calls/ask-tenant.ts';
import { isAbsent, readAnswer } from '../tenant-calls/tenant-refusal.ts';
import { unknownEntity } from './entity-id.ts';
import { ListedEntities, shownOf } from './listed-entity.ts';

/** Types that can be made from a template. */
export const templateTypes = [
  ...['experiment', 'request', 'paraexp', 'ado', 'grid', 'sample', 'worksheet', 'task'],
  ...['variationsGrid', 'hierarchicalGrid', 'designTable', 'synergyExperiment', 'idea'],
] as const;

const optional = {
  description: z.string().optional(),
  createdAt: z.string().optional(),
  editedAt: z.string().optional(),
};
const upstreamCalls = z
  .number()
  .int()
  .describe('Calls that were sent to the tenant for this answer. Calls that the cache answered are not counted.');
const TemplateResource = z
  .strictObject({
    type: z.literal('template'),
    id: z.string().describe('A new entity names it in `relationships.template`.'),
    attributes: z.strictObject({
      name: z.string(),
      kind: z.string().describe('The type of what it makes, such as experiment.'),
      digest: z.string().optional(),
      ...optional,
    }),
    links: z.strictObject({ fields: z.string(), self: z.string().describe('The template in the native API.') }),
  })
  .meta({ id: 'Template' });
type TemplateResource = z.output<typeof TemplateResource>;

export const TemplatesDocument = z
  .strictObject({
    data: z.array(TemplateResource),
    meta: z.strictObject({ upstreamCalls }),
    links: z.strictObject({ next: z.string().optional() }),
  })
  .meta({ id: 'TemplatesDocument' });

const FieldResource = z
  .strictObject({
    type: z.literal('template-field'),
    id: z.string(),
    attributes: z
      .looseObject({ name: z.string() })
      .describe('As the tenant gives them: name, type, options and others.'),
  })
  .meta({ id: 'TemplateField' });
export const TemplateFieldsDocument = z
  .strictObject({ data: z.array(FieldResource), meta: z.strictObject({ upstreamCalls }) })
  .meta({ id: 'TemplateFieldsDocument' });

type Found = {
  readonly templates: readonly Omit<TemplateResource, 'links'>[];
  readonly nextOffset: number | undefined;
};

export const findTemplates = async (
  tenant: Tenant,
  types: readonly string[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<Found> => {
  const path = `/entities?includeTypes=${types.join(',')}&includeOptions=template&page[offset]=${offset}&page[limit]=${limit}`;
  const { data, links } = readAnswer(await tenant.ask({ method: 'GET', path }), ListedEntities);
  const templates = data.map((entity) => ({
    type: 'template' as const,
    id: entity.id,
    attributes: shownOf(entity),
  }));
  return { templates, nextOffset: data.length > 0 && links?.next ? offset + limit : undefined };
};

const Fields = z.looseObject({
  data: z.array(z.looseObject({ id: z.string(), attributes: z.looseObject({ name: z.string() }) })),
});

/** @throws AppError ENTITY_UNKNOWN, and as `readAnswer` does. */
export const fieldsOfTemplate = async (
  tenant: Tenant,
  eid: string,
): Promise<readonly z.output<typeof FieldResource>[]> => {
  const answer = await tenant.ask({ method: 'GET', path: `/entities/templates/${encodeURIComponent(eid)}/fields` });
  if (isAbsent(answer)) throw unknownEntity(`template ${eid}`);
  return readAnswer(answer, Fields).data.map(({ id, attributes }) => ({ type: 'template-field', id, attributes }));
};
