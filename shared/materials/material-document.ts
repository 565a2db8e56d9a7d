/** Assets and batches in the documents of /v1/materials. */
import * as z from 'zod';

const MaterialAttributes = z.strictObject({
  name: z.string().describe('The material id, such as 0001-0001.'),
  description: z.string().optional(),
  createdAt: z.string().describe('As the tenant writes it.'),
  modifiedAt: z.string().describe('As the tenant writes it.'),
  digest: z.string().optional().describe('The version. A write of the tenant takes it.'),
  fields: z.record(z.string(), z.unknown()).describe('Values by the names of the fields.'),
  structure: z
    .string()
    .nullable()
    .optional()
    .describe('SMILES, where they were asked for; null without `structureError` = there is none.'),
  structureError: z.string().optional().describe('Why a structure could not be read.'),
});

const MaterialResource = z
  .strictObject({
    type: z.enum(['asset', 'batch']),
    id: z.string().describe('Such as batch:5f1e1000000000000000001a.'),
    attributes: MaterialAttributes,
    links: z.strictObject({ self: z.string().describe('The material in the native API.') }),
  })
  .meta({ id: 'Material' });
export type MaterialAttributes = z.output<typeof MaterialAttributes>;
type MaterialResource = z.output<typeof MaterialResource>;

const upstreamCalls = z
  .number()
  .int()
  .describe('Calls that were sent to the tenant for this answer. Calls that the cache answered are not counted.');

export const MaterialDocument = z
  .strictObject({ data: MaterialResource, meta: z.strictObject({ upstreamCalls }) })
  .meta({ id: 'MaterialDocument' });

export const MaterialsDocument = z
  .strictObject({
    data: z.array(MaterialResource),
    meta: z.strictObject({
      total: z.number().int().optional().describe('Of all pages. The tenant does not count the batches of an asset.'),
      isTruncated: z
        .boolean()
        .describe('True = the pages do not hold everything, because no offset is above 5,000. Narrow the times.'),
      upstreamCalls,
    }),
    links: z.strictObject({ next: z.string().optional() }),
  })
  .meta({ id: 'MaterialsDocument' });

export type Kind = MaterialResource['type'];
export type Material = { readonly id: string; readonly kind: Kind; readonly attributes: MaterialAttributes };

/** @param native URL of the native API. */
export const toMaterial = ({ id, kind, attributes }: Material, native: string): MaterialResource => ({
  type: kind,
  id,
  attributes,
  links: { self: `${native}/materials/${encodeURIComponent(id)}` },
});
