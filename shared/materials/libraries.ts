/** The libraries of the tenant, by id or by name. */
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import type { Tenant } from '../tenant-calls/ask-tenant.ts';
import { readAnswer } from '../tenant-calls/tenant-refusal.ts';
import { eidOf } from './eid.ts';

const Fields = z
  .looseObject({ fields: z.array(z.looseObject({ dataType: z.string().nullish() })).nullish() })
  .nullish();
const Libraries = z.looseObject({
  data: z.array(
    z.looseObject({ id: z.string(), attributes: z.looseObject({ name: z.string(), assets: Fields, batches: Fields }) }),
  ),
});

export type Library = {
  /** `assetType:<24 hex>`. */
  readonly eid: string;
  readonly name: string;
  /** Whether its materials may have a structure. */
  readonly isChemical: boolean;
};

const hasDrawing = (fields: z.output<typeof Fields>): boolean =>
  fields?.fields?.some(({ dataType }) => dataType === 'CHEMICAL_DRAWING') ?? false;

/** One call, which the cache usually answers. @param library id or name. @throws AppError MATERIAL_UNKNOWN. */
export const findLibrary = async (tenant: Tenant, library: string): Promise<Library> => {
  const { data } = readAnswer(await tenant.ask({ method: 'GET', path: '/materials/libraries' }), Libraries);
  const wanted = eidOf('assetType', library);
  const found =
    (wanted && data.find(({ id }) => eidOf('assetType', id) === wanted)) ??
    data.find(({ attributes }) => attributes.name === library);
  if (!found)
    throw new AppError('MATERIAL_UNKNOWN', { detail: `The tenant shows you no library ${JSON.stringify(library)}.` });
  const { name, assets, batches } = found.attributes;
  const eid = eidOf('assetType', found.id) ?? found.id;
  return { eid, name, isChemical: hasDrawing(assets) || hasDrawing(batches) };
};
