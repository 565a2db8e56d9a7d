/** Every simulated operation. */

import type { Routes } from '../http/call.ts';
import { scimRoutes } from '../scim/routes.ts';
import { adtRoutes } from './adt.ts';
import { attributeRoutes } from './attributes.ts';
import { bulkExportRoutes } from './bulk-export.ts';
import { complianceRoutes } from './compliance.ts';
import { partnerRoutes } from './contract-partners.ts';
import { exportDrawing } from './drawing-export.ts';
import { entityListRoutes } from './entity-list.ts';
import { entityWriteRoutes } from './entity-write.ts';
import { createFileRoutes } from './files.ts';
import { fragmentRoutes } from './fragments.ts';
import { groupRoutes } from './groups.ts';
import { historyRoutes } from './history.ts';
import { inventoryRoutes } from './inventory.ts';
import { inventoryJobRoutes } from './inventory-jobs.ts';
import { layeredTableRoutes } from './layered-tables.ts';
import { layoutRoutes } from './layout.ts';
import { materialRoutes } from './materials.ts';
import { materialsExportRoutes } from './materials-export.ts';
import { materialsImportRoutes } from './materials-import.ts';
import { materialsTableRoutes } from './materials-table.ts';
import { monomerRoutes } from './monomers.ts';
import { notificationRoutes } from './notifications.ts';
import { parallelRoutes } from './parallel.ts';
import { exportLayout, exportSummary } from './parallel-export.ts';
import { pdfRoutes } from './pdf-export.ts';
import { peopleRoutes } from './people.ts';
import { plateRoutes } from './plates.ts';
import { exportPlates } from './plates-export.ts';
import { propertyRoutes } from './properties.ts';
import { reviewRoutes } from './reviews.ts';
import { sampleRoutes } from './samples.ts';
import { exportSamples } from './samples-export.ts';
import { samplesTableRoutes } from './samples-tables.ts';
import { searchRoutes } from './search.ts';
import { socialRoutes } from './social.ts';
import { stoichiometryRoutes } from './stoichiometry.ts';
import { systemRoutes } from './system.ts';
import { taskRoutes } from './tasks.ts';
import { exportTasks } from './tasks-export.ts';
import { userWriteRoutes } from './users-write.ts';
import { worksheetRoutes } from './worksheets.ts';

const ownRoutes: Routes = {
  ...systemRoutes,
  ...peopleRoutes,
  ...entityListRoutes,
  ...entityWriteRoutes,
  ...propertyRoutes,
  ...createFileRoutes({
    chemicalDrawing: exportDrawing,
    samplesContainer: exportSamples,
    taskContainer: exportTasks,
    linkedTaskContainer: exportTasks,
    plateContainer: exportPlates,
    paraLayout: exportLayout,
    paragrid: exportSummary,
  }),
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
  ...materialRoutes,
  ...materialsExportRoutes,
  ...materialsImportRoutes,
  ...inventoryRoutes,
  ...inventoryJobRoutes,
  ...userWriteRoutes,
  ...groupRoutes,
  ...scimRoutes,
  ...attributeRoutes,
  ...fragmentRoutes,
  ...materialsTableRoutes,
  ...worksheetRoutes,
  ...layeredTableRoutes,
  ...stoichiometryRoutes,
  ...plateRoutes,
  ...monomerRoutes,
  ...parallelRoutes,
  ...adtRoutes,
  ...searchRoutes,
  ...notificationRoutes,
};

export const routes: Routes = { ...partnerRoutes(ownRoutes), ...ownRoutes };
