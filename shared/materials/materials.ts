/** Pages of assets and batches, and single batches. The tenant has no list of a library: its assets are searched for. */
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import type { Tenant } from '../tenant-calls/ask-tenant.ts';
import { lookAgain } from '../tenant-calls/look-again.ts';
import { is, isNoTemplate, pagesBehind, search, since, until } from '../tenant-calls/search.ts';
import { isAbsent, readAnswer } from '../tenant-calls/tenant-refusal.ts';
import { toIso } from '../time/iso.ts';
import { eidOf } from './eid.ts';
import { findLibrary, type Library } from './libraries.ts';
import type { Kind, Material } from './material-document.ts';
import { fromHit, fromWhole, WholeMaterial, WholeMaterialDocument } from './read-material.ts';
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

const Wholes = z.looseObject({
  data: z.array(WholeMaterial),
  links: z.looseObject({ next: z.string().nullish() }).nullish(),
});

/** @throws AppError MATERIAL_UNKNOWN when the tenant does not show it. */
const readWhole = async (tenant: Tenant, path: string, what: string): Promise<WholeMaterial> => {
  const answer = await tenant.ask({ method: 'GET', path });
  if (isAbsent(answer)) throw unknown(what);
  return readAnswer(answer, WholeMaterialDocument).data;
};

const inTime = ({ fromMillis, untilMillis, timeField = 'modifiedAt' }: Page) => [
  ...(fromMillis === undefined ? [] : [since(timeField, toIso(fromMillis))]),
  ...(untilMillis === undefined ? [] : [until(timeField, toIso(untilMillis))]),
];

type Among = {
  readonly kind: Kind;
  readonly library: string;
  /** Absent = it is not read yet. */
  readonly known?: Library;
  readonly parentEid?: string;
};

/** One call where the library is given by its id and no structure is wanted; the libraries are read otherwise. */
const searchPage = async (tenant: Tenant, among: Among, page: Page): Promise<MaterialPage> => {
  const { kind, library, parentEid } = among;
  const given = eidOf('assetType', library);
  const isWanted = page.structure !== undefined;
  const known = among.known ?? (given === undefined || isWanted ? await findLibrary(tenant, library) : undefined);
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
  lookAgain(tenant, (looking) => searchPage(looking, { kind, library }, page));

const ofAsset = ({ name }: Library, materialId: string): string =>
  `/materials/${encodeURIComponent(name)}/assets/${materialId}`;

const assetIn = ({ name }: Library, asset: string): string =>
  `asset ${JSON.stringify(asset)} in the library ${JSON.stringify(name)}`;

/** The asset, by its eid or by its material id. */
const readAsset = async (tenant: Tenant, library: Library, asset: string): Promise<WholeMaterial> => {
  const eid = eidOf('asset', asset);
  const path =
    eid === undefined ? ofAsset(library, `id/${encodeURIComponent(asset)}`) : `/materials/${encodeURIComponent(eid)}`;
  const what = assetIn(library, asset);
  const { id, attributes } = await readWhole(tenant, path, what);
  if (attributes.type !== 'asset' || (attributes.library ?? library.name) !== library.name) throw unknown(what);
  return { id, attributes };
};

/** `…/assets/id/batches` is another operation of the tenant: it reads the asset with the material id `batches`. */
const isListed = (materialId: string): boolean => materialId.toLowerCase() !== 'id';

/** The tenant lists the batches of an asset with their structures in one call. It neither filters nor sorts that list. */
const listBatches = async (
  tenant: Tenant,
  library: Library,
  materialId: string,
  { offset, limit, structure }: Page,
): Promise<MaterialPage> => {
  const format = structure === undefined ? '' : `&structureFormat=${structure}`;
  const path = `${ofAsset(library, encodeURIComponent(materialId))}/batches?page[offset]=${offset}&page[limit]=${limit}${format}`;
  const answer = await tenant.ask({ method: 'GET', path });
  if (isAbsent(answer)) throw unknown(assetIn(library, materialId));
  const { data, links } = readAnswer(answer, Wholes);
  const hasMore = data.length > 0 && typeof links?.next === 'string' && links.next !== '';
  return {
    materials: data.map((batch) => fromWhole(batch, structure !== undefined)),
    ...pagesBehind({ offset, limit }, hasMore ? offset + limit + 1 : offset),
  };
};

/** @param asset eid, its 24 hex digits, or material id. @throws AppError MATERIAL_UNKNOWN, and as `readAnswer` does. */
export const pageOfAsset = (tenant: Tenant, library: string, asset: string, page: Page): Promise<MaterialPage> =>
  lookAgain(tenant, async (looking) => {
    const isPlain = page.fromMillis === undefined && page.untilMillis === undefined && page.sort === undefined;
    const known = await findLibrary(looking, library);
    if (isPlain && eidOf('asset', asset) === undefined && isListed(asset))
      return listBatches(looking, known, asset, page);
    const { id, attributes } = await readAsset(looking, known, asset);
    if (isPlain && isListed(attributes.name)) return listBatches(looking, known, attributes.name, page);
    return searchPage(looking, { kind: 'batch', library, known, parentEid: id }, page);
  });

/** @param materialId such as `0001-0001`. @throws AppError MATERIAL_UNKNOWN, and as `readAnswer` does. */
export const readBatch = (
  tenant: Tenant,
  library: string,
  materialId: string,
  structure: 'smiles' | undefined,
): Promise<Material> =>
  lookAgain(tenant, async (looking) => {
    const { name } = await findLibrary(looking, library);
    const format = structure === undefined ? '' : `?structureFormat=${structure}`;
    const path = `/materials/${encodeURIComponent(name)}/batches/id/${encodeURIComponent(materialId)}${format}`;
    const what = `batch ${JSON.stringify(materialId)} in the library ${JSON.stringify(name)}`;
    return fromWhole(await readWhole(looking, path, what), structure !== undefined);
  });
