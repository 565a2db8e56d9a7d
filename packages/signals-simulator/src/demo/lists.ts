/** Attributes, salts and solvates of the demo tenant. */
import type { Tenant } from '../tenant/tenant.ts';
import { projects } from './definitions.ts';

/** The list `Cost Centre` points to an address where nothing listens yet: a refresh fails until a server runs there. */
export const loadLists = (tenant: Tenant): void => {
  const add = (number: number, name: string, options: readonly string[], externalUrl?: string) =>
    tenant.attributes.set(`attribute:${number}`, {
      id: `attribute:${number}`,
      name,
      type: externalUrl === undefined ? 'choice' : 'externalList',
      description: '',
      digest: tenant.entities.nextDigest(),
      options,
      externalUrl,
      keyField: 'code',
      refreshedAt: undefined,
    });
  add(1, 'Project', projects);
  add(2, 'Department', ['Chemistry', 'Biology', 'Analytics', 'Qualité & sécurité']);
  add(
    3,
    'Building',
    Array.from({ length: 250 }, (_, index) => `Building ${String(index + 1).padStart(3, '0')}`),
  );
  add(4, 'Inventory Security', ['Open', 'Restricted']);
  add(19, 'Cost Centre', [], 'http://127.0.0.1:4000/lists/cost-centres');
  const salts: readonly (readonly [string, string, string])[] = [
    ['Hydrochloride', 'HCl', 'Cl'],
    ['Sodium', 'Na', '[Na]'],
  ];
  for (const [index, [name, code, smiles]] of salts.entries())
    tenant.fragments.salts.set(String(index + 1), { id: String(index + 1), name, code, smiles });
  tenant.fragments.solvates.set('1', { id: '1', name: 'Hydrate', code: 'H2O', smiles: 'O' });
};
