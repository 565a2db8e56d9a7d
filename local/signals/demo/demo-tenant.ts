/** The demo tenant: a research organisation at work, the same for the same seed. */
import type { Tenant } from '../tenant/tenant.ts';
import { createBuilder } from './builder.ts';
import { loadFiles } from './files.ts';
import { loadNotebooks } from './notebooks.ts';
import { loadNotifications } from './notifications.ts';
import { loadPeople } from './people.ts';
import { loadTemplates } from './templates.ts';

export interface DemoSettings {
  /** Origin of the simulator, for the texts that look like links to it. */
  readonly origin: string;
  readonly extraEntities: number;
}

export const loadDemoTenant = (tenant: Tenant, { origin }: DemoSettings): void => {
  const builder = createBuilder(tenant);
  loadPeople(tenant);
  loadTemplates(builder);
  loadNotebooks(builder, origin);
  loadFiles(builder);
  loadNotifications(tenant);
  tenant.entities.settle();
};
