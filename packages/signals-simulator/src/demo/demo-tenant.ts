/** The demo tenant: a research organisation at work, the same for the same seed. */

import { entryOf } from '../search/entry.ts';
import { createSearchExtras } from '../tenant/inventory-index.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { createBuilder } from './builder.ts';
import { loadFiles } from './files.ts';
import { loadInventory } from './inventory.ts';
import { loadLarge } from './large.ts';
import { loadLists } from './lists.ts';
import { loadMaterials } from './materials.ts';
import { loadNotebooks } from './notebooks.ts';
import { loadNotifications } from './notifications.ts';
import { loadPeople } from './people.ts';
import { loadSpecials } from './special.ts';
import { loadTemplates } from './templates.ts';

export interface DemoSettings {
  /** Origin of the simulator, for the texts that look like links to it. */
  readonly origin: string;
  readonly extraEntities: number;
  readonly compounds: number;
}

export const loadDemoTenant = (tenant: Tenant, { origin, extraEntities, compounds }: DemoSettings): void => {
  const builder = createBuilder(tenant);
  loadPeople(tenant);
  if (extraEntities > 0) loadLarge(tenant, extraEntities);
  loadTemplates(builder);
  loadNotebooks(builder, origin);
  loadFiles(builder);
  loadSpecials(builder);
  loadLists(tenant);
  loadMaterials(tenant, compounds);
  loadInventory(tenant);
  tenant.searchExtras = createSearchExtras(tenant);
  loadNotifications(tenant);
  tenant.entities.settle();
  if (extraEntities > 0) for (const entity of tenant.entities.all()) entryOf(entity);
  for (const type of ['journal', 'experiment', 'request', 'sample', 'paraexp'])
    for (const entity of tenant.entities.ofType(type)) tenant.history.load(entity);
};
