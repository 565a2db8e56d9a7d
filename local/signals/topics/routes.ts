/** Every simulated operation. */
import type { Routes } from '../http/call.ts';
import { adtRoutes } from './adt.ts';
import { bulkExportRoutes } from './bulk-export.ts';
import { complianceRoutes } from './compliance.ts';
import { entityListRoutes } from './entity-list.ts';
import { entityWriteRoutes } from './entity-write.ts';
import { createFileRoutes } from './files.ts';
import { historyRoutes } from './history.ts';
import { layoutRoutes } from './layout.ts';
import { notificationRoutes } from './notifications.ts';
import { pdfRoutes } from './pdf-export.ts';
import { peopleRoutes } from './people.ts';
import { propertyRoutes } from './properties.ts';
import { reviewRoutes } from './reviews.ts';
import { sampleRoutes } from './samples.ts';
import { samplesTableRoutes } from './samples-tables.ts';
import { searchRoutes } from './search.ts';
import { socialRoutes } from './social.ts';
import { systemRoutes } from './system.ts';
import { taskRoutes } from './tasks.ts';

export const routes: Routes = {
  ...systemRoutes,
  ...peopleRoutes,
  ...entityListRoutes,
  ...entityWriteRoutes,
  ...propertyRoutes,
  ...createFileRoutes({}),
  ...socialRoutes,
  ...reviewRoutes,
  ...layoutRoutes,
  ...complianceRoutes,
  ...pdfRoutes,
  ...bulkExportRoutes,
  ...historyRoutes,
  ...sampleRoutes,
  ...samplesTableRoutes,
  ...taskRoutes,
  ...adtRoutes,
  ...searchRoutes,
  ...notificationRoutes,
};
