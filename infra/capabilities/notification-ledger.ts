/** The ledger of notifications: its table, and what each function may do with it. */
import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import { receiptIndex, variables } from '../../shared/config/names.ts';
import { mirrorPartition } from '../../shared/mirrors/header-store.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { Stage } from '../constructs/stage.ts';
import type { FacadeTable } from '../constructs/table.ts';

/** A record of the change sweep's suspicions, or of a state: one item. */
const noteActions = ['dynamodb:GetItem', 'dynamodb:PutItem'];
/** Lists are read from the index, and their entries by batches of keys. */
const listActions = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const changeActions = [...listActions, 'dynamodb:PutItem', 'dynamodb:DeleteItem'];

const ledgerActions = {
  notes: noteActions,
  /** An entry is an item; the body of a large one is in items beside it, which are read by a query. */
  entries: [...noteActions, 'dynamodb:Query'],
  lists: listActions,
  /** Pending deliveries, dead letters and suspicions are put and deleted. */
  changes: changeActions,
  /** Only the dispatcher marks entries as dispatched. */
  dispatches: [...changeActions, 'dynamodb:UpdateItem'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type LedgerRights = keyof typeof ledgerActions;

export class NotificationLedger {
  readonly #table: FacadeTable;

  constructor(stage: Stage) {
    this.#table = stage.createTable('NotificationsTable');
    this.#table.table.addGlobalSecondaryIndex({
      indexName: receiptIndex.name,
      partitionKey: { name: receiptIndex.partitionKey, type: AttributeType.STRING },
      sortKey: { name: receiptIndex.sortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    stage.addOutputs({ NotificationsTable: this.#table.table.tableName });
  }

  /** A function that lists entries gets the index too. */
  grant(fn: FacadeFunction, rights: LedgerRights): void {
    const actions: readonly string[] = ledgerActions[rights];
    const indexes = actions.includes('dynamodb:BatchGetItem') ? [receiptIndex.name] : [];
    const onKey = actions.includes('dynamodb:PutItem') ? 'writeItems' : 'readItems';
    this.#table.grant(fn, variables.notificationsTable, { actions, onKey, indexes });
  }

  /** Lets `fn` see whether pushes have a header. */
  grantHookHeader(fn: FacadeFunction): void {
    this.#grantReading(fn, 'HOOK');
  }

  /** Lets `fn` read the sealed values of mirrors' headers, and nothing else of the table. */
  grantMirrorHeaders(fn: FacadeFunction): void {
    this.#grantReading(fn, mirrorPartition('*'));
  }

  /** Lets `fn` read and write the documents of entities for enriched events, and nothing else of the table. */
  grantDocuments(fn: FacadeFunction): void {
    const actions = ['dynamodb:GetItem', 'dynamodb:PutItem'];
    this.#table.grantItems(fn, variables.notificationsTable, {
      ...{ actions, onKey: 'writeItems', leadingKeys: ['DOCUMENT#*'] },
    });
  }

  #grantReading(fn: FacadeFunction, partition: string): void {
    const actions = ['dynamodb:GetItem'];
    this.#table.grantItems(fn, variables.notificationsTable, {
      ...{ actions, onKey: 'readItems', leadingKeys: [partition] },
    });
  }
}
