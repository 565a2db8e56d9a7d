import { auditIndexes, tableAttributes } from '../../shared/config/names.ts';
import { type Engine, freshTable } from '../support/tables.ts';

const { sortKey } = tableAttributes;

/** The audit table with its indexes, as infra/constructs/audit-table.ts has them. */
export const freshAuditTable = (engine?: Engine) =>
  freshTable(
    [
      { name: auditIndexes.byConsumer, partitionKey: 'consumer', sortKey },
      { name: auditIndexes.byEntity, partitionKey: 'entity', sortKey },
    ],
    engine,
  );
