/** Pages of assets and batches, and single batches. The tenant has no list of a library: its assets are searched for. */
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import type { Tenant } from '../tenant-calls/ask-tenant.ts';
import { is, isNoTemplate, pagesBehind, search, since, until } from '../tenant-calls/search.ts';
import { readAnswer } from '../tenant-calls/tenant-refusal.ts';
import { toIso } from '../time/iso.ts';
import { findLibrary, libraryEidOf } from './libraries.ts';
import type { Kind, Material } from './material-document.ts';
import { fromHit, fromWhole, WholeMaterial } from './read-material.ts';
import { withStructures } from './structures.ts';

export type Page = {
  readonly fromMillis?: number | undefined;
  readonly untilMillis?: number | undefined;
  readonly timeField?: 'modifiedAt' | 'createdAt' | undefined;
  readonly sort?: string | undefined;
  readonly structure?: 'smiles' | undefined;
  readonly offset: number;
  readonly limit: number;
};

export type MaterialPage = {
  readonly materials: readonly Material[];
  readonly total?: number;
  readonly isTruncated: boolean;
  readonly nextOffset: number | undefined;
};

const unknown = (what: string): AppError =>
  new AppError('MATERIAL_UNKNOWN', { detail: `The tenant shows you no ${what}.` });

const Whole = z.looseObject({ data: WholeMaterial });
const Wholes = z.looseObject({
  data: z.array(WholeMaterial),
  links: z.looseObject({ next: z.string().nullish() }).nullish(),
});

/** @throws AppError MATERIAL_UNKNOWN when the tenant does not show it. */
const readWhole = async (tenant: Tenant, path: string, what: string): Promise<WholeMaterial> => {
  const answer = await tenant.ask({ method: 'GET', path });
  if (answer.status === 404) throw unknown(what);
  return readAnswer(answer, Whole).data;
};

const inTime = ({ fromMillis, untilMillis, timeField = 'modifiedAt' }: Page) => [
  ...(fromMillis === undefined ? [] : [since(timeField, toIso(fromMillis))]),
  ...(untilMillis === undefined ? [] : [until(timeField, toIso(untilMillis))]),
];

type Among = { readonly kind: Kind; readonly library: string; readonly parentEid?: string };

/** One call where the library is given by its id and no structure is wanted; the libraries are read otherwise. */
const searchPage = async (tenant: Tenant, { kind, library, parentEid }: Among, page: Page): Promise<MaterialPage> => {
  const given = libraryEidOf(library);
  const isWanted = page.structure !== undefined;
  const known = given === undefined || isWanted ? await findLibrary(tenant, library) : undefined;
  const { hits, ...rest } = await search(tenant, {
    conditions: [
      is('type', kind),
      is('assetTypeEid', known?.eid ?? given ?? ''),
      isNoTemplate,
      ...(parentEid === undefined ? [] : [is('_parent_eid', parentEid)]),
      ...inTime(page),
    ],
    sort: page.sort ?? 'createdAt',
    offset: page.offset,
    limit: page.limit,
  });
  // A search of an unknown library finds nothing, and no error says so.
  if (rest.total === 0 && !known) await findLibrary(tenant, library);
  const materials = hits.map((hit) => fromHit(hit, kind));
  return {
    ...rest,
    materials: isWanted ? await withStructures(tenant, materials, known?.isChemical ?? true) : materials,
  };
};

/** @param library id or name. @throws AppError MATERIAL_UNKNOWN, and as `readAnswer` does. */
export const pageOfLibrary = (tenant: Tenant, kind: Kind, library: string, page: Page): Promise<MaterialPage> =>
  searchPage(tenant, { kind, library }, page);

const assetEidOf = (asset: string): string | undefined =>
  /^(?:asset:)?[0-9a-f]{24}$/i.test(asset) ? `asset:${asset.replace(/^asset:/, '')}` : undefined;

const ofAsset = (libraryName: string, materialId: string): string =>
  `/materials/${encodeURIComponent(libraryName)}/assets/${materialId}`;

/** The asset, by its eid or by its material id. */
const readAsset = async (tenant: Tenant, library: string, asset: string): Promise<WholeMaterial> => {
  const { name } = await findLibrary(tenant, library);
  const eid = assetEidOf(asset);
  const path =
    eid === undefined ? ofAsset(name, `id/${encodeURIComponent(asset)}`) : `/materials/${encodeURIComponent(eid)}`;
  const what = `asset ${JSON.stringify(asset)} in the library ${JSON.stringify(name)}`;
  const found = await readWhole(tenant, path, what);
  if (found.attributes.type !== 'asset' || (found.attributes.library ?? name) !== name) throw unknown(what);
  return found;
};

/** The tenant lists the batches of an asset with their structures in one call. It neither filters nor sorts that list. */
const listBatches = async (
  tenant: Tenant,
  library: string,
  asset: string,
  { offset, limit, structure }: Page,
): Promise<MaterialPage> => {
  const { name } = await findLibrary(tenant, library);
  const materialId = assetEidOf(asset) ? (await readAsset(tenant, library, asset)).attributes.name : asset;
  const format = structure === undefined ? '' : `&structureFormat=${structure}`;
  const path = `${ofAsset(name, encodeURIComponent(materialId))}/batches?page[offset]=${offset}&page[limit]=${limit}${format}`;
  const answer = await tenant.ask({ method: 'GET', path });
  if (answer.status === 404) throw unknown(`asset ${JSON.stringify(asset)} in the library ${JSON.stringify(name)}`);
  const { data, links } = readAnswer(answer, Wholes);
  const hasMore = data.length > 0 && typeof links?.next === 'string' && links.next !== '';
  return {
    materials: data.map((batch) => fromWhole(batch, structure !== undefined)),
    ...pagesBehind({ offset, limit }, hasMore ? offset + limit + 1 : offset),
  };
};

/** @param asset eid, its 24 hex digits, or material id. @throws AppError MATERIAL_UNKNOWN, and as `readAnswer` does. */
export const pageOfAsset = async (
  tenant: Tenant,
  library: string,
  asset: string,
  page: Page,
): Promise<MaterialPage> => {
  const isPlain = page.fromMillis === undefined && page.untilMillis === undefined && page.sort === undefined;
  if (isPlain) return listBatches(tenant, library, asset, page);
  const parentEid = (await readAsset(tenant, library, asset)).id;
  return searchPage(tenant, { kind: 'batch', library, parentEid }, page);
};

/** @param materialId such as `0001-0001`. @throws AppError MATERIAL_UNKNOWN, and as `readAnswer` does. */
export const readBatch = async (
  tenant: Tenant,
  library: string,
  materialId: string,
  structure: 'smiles' | undefined,
): Promise<Material> => {
  const { name } = await findLibrary(tenant, library);
  const format = structure === undefined ? '' : `?structureFormat=${structure}`;
  const path = `/materials/${encodeURIComponent(name)}/batches/id/${encodeURIComponent(materialId)}${format}`;
  const what = `batch ${JSON.stringify(materialId)} in the library ${JSON.stringify(name)}`;
  return fromWhole(await readWhole(tenant, path, what), structure !== undefined);
};
