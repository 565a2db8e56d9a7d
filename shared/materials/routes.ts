/** The routes of /v1/materials: pages of assets and batches, which the tenant has no list of. */
import * as z from 'zod';
import { instantParameter } from '../http/instant-parameter.ts';
import { pageOffset } from '../http/page-offset.ts';
import { pageSize } from '../http/page-size.ts';
import { isSingleLine } from '../http/single-line.ts';
import { route } from '../routes/route.ts';
import { mostOffset, mostOnPage } from '../tenant-calls/search.ts';
import { tenantErrors } from '../tenant-calls/tenant-errors.ts';
import { MaterialDocument, MaterialsDocument } from './material-document.ts';

const reading = { capability: 'materials', method: 'GET', scope: 'materials:read', callsTenant: true } as const;
const one = '/v1/materials/{library}';

/** Text that can stand in an address: `.` and `..` would be steps in it. */
const name = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => isSingleLine(text) && !/^\.{1,2}$/.test(text), 'must be a name or an id');
const library = name.describe('Id of the library (24 hex digits), or its name.');

const structure = z
  .enum(['smiles'])
  .optional()
  .describe('The structure of each material. A page of a library costs a call for each of its materials.');

const pageQuery = z.strictObject({
  from: instantParameter.optional().describe('Only what was changed then or later.'),
  until: instantParameter.optional().describe('Only what was changed then or before.'),
  timeField: z
    .enum(['modifiedAt', 'createdAt'])
    .optional()
    .describe('The time that `from` and `until` are about; `modifiedAt` by default.'),
  sort: z
    .enum(['createdAt', '-createdAt', 'modifiedAt', '-modifiedAt', 'name', '-name'])
    .optional()
    .describe('`-` = descending; `createdAt` by default.'),
  structure,
  'page[offset]': pageOffset(mostOffset).describe('Materials to pass over.'),
  'page[limit]': pageSize(mostOnPage, mostOnPage).describe('Materials on a page.'),
});

const answers = { ...tenantErrors, 404: 'MATERIAL_UNKNOWN' } as const;
const searches =
  'The tenant has no such list, so the facade searches, for which you need the scope `entities:read` too. A page without structures is one call. The tenant has no offset above 5,000: where `isTruncated` is true, ask for a shorter time.';

const listOf = <const Id extends string, const Things extends string>(id: Id, things: Things) =>
  route({
    ...reading,
    id,
    path: `${one}/${things}`,
    summary: `A page of the ${things} of a library`,
    description: searches,
    parameters: z.object({ library }),
    query: pageQuery,
    answers: { 200: MaterialsDocument, ...answers },
  });

const listAssets = listOf('listAssets', 'assets');
const listBatches = listOf('listBatches', 'batches');

const listAssetBatches = route({
  ...reading,
  id: 'listAssetBatches',
  path: `${one}/assets/{asset}/batches`,
  summary: 'A page of the batches of an asset',
  description:
    'Without times and `sort`, this is one call, structures included. With them the facade searches, for which you need the scope `entities:read` too; each structure is then a call.',
  parameters: z.object({
    library,
    asset: name.describe('Id of the asset (`asset:` and 24 hex digits, or these alone), or its material id.'),
  }),
  query: pageQuery,
  answers: { 200: MaterialsDocument, ...answers },
});

const readBatch = route({
  ...reading,
  id: 'readBatch',
  path: `${one}/batches/{batch}`,
  summary: 'A batch, by its material id',
  parameters: z.object({ library, batch: name.describe('The material id, such as 0001-0001.') }),
  query: z.strictObject({ structure: z.enum(['smiles']).optional().describe('The structure too, in the same call.') }),
  answers: { 200: MaterialDocument, ...answers },
});

export const materialRoutes = [listAssets, listBatches, listAssetBatches, readBatch] as const;
