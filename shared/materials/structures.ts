/**
 * The structures of a page: one call for each material. A call that fails because of its material leaves a null and a reason, and the page
 * stands. Any other failure ends the page.
 */
import type { AppError } from '../errors/app-error.ts';
import type { Tenant } from '../tenant-calls/ask-tenant.ts';
import { isAboutOne, readAnswer } from '../tenant-calls/tenant-refusal.ts';
import type { Material, MaterialAttributes } from './material-document.ts';
import { structureOf, WholeMaterialDocument } from './read-material.ts';

/** The other calls of the page would meet a tenant that is late or cannot be reached, too. */
const isAboutMaterial = (error: unknown): error is AppError =>
  isAboutOne(error) && error.code !== 'UPSTREAM_LATE' && error.code !== 'UPSTREAM_UNREACHABLE';

/** Calls under way at once, so that a page does not take all places of its consumer. */
const mostAtOnce = 8;

const readStructure = async (
  tenant: Tenant,
  id: string,
): Promise<Pick<MaterialAttributes, 'structure' | 'structureError'>> => {
  try {
    const path = `/materials/${encodeURIComponent(id)}?structureFormat=smiles`;
    const { data } = readAnswer(await tenant.ask({ method: 'GET', path }), WholeMaterialDocument);
    return structureOf(data.attributes);
  } catch (error) {
    if (!isAboutMaterial(error)) throw error;
    return { structure: null, structureError: error.message };
  }
};

/** @param isChemical false = the library has no structures, and none is asked for. @throws AppError for a failure that meets every call. */
export const withStructures = async (
  tenant: Tenant,
  materials: readonly Material[],
  isChemical: boolean,
): Promise<readonly Material[]> => {
  const found: Material[] = [...materials];
  const left = materials.entries();
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (const [index, material] of left) {
      // After a failure, nothing more is asked.
      if (failures.length > 0) return;
      const structure = isChemical ? await readStructure(tenant, material.id) : { structure: null };
      found[index] = { ...material, attributes: { ...material.attributes, ...structure } };
    }
  };
  await Promise.all(Array.from({ length: mostAtOnce }, () => work().catch((error) => void failures.push(error))));
  if (failures.length > 0) throw failures[0];
  return found;
};
