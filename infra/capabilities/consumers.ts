/** Who may call (docs/consumers.md): the table of consumers and their keys, and the routes of /v1/consumers. */
import { variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { Stage } from '../constructs/stage.ts';
import type { FacadeTable } from '../constructs/table.ts';
import type { Audit } from './audit.ts';
import type { Idempotency } from './idempotency.ts';

type Lenders = { readonly audit: Audit; readonly idempotency: Idempotency };

export class Consumers {
  readonly #table: FacadeTable;
  readonly #issuers: string;

  constructor(stage: Stage, { audit, idempotency }: Lenders) {
    this.#table = stage.createTable('ConsumersTable');
    this.#issuers = JSON.stringify(stage.config.oidcIssuers);
    const fn = stage.createFunction('consumers');
    this.#table.grantReadWrite(fn, variables.consumersTable);
    fn.setVariable(variables.oidcIssuers, this.#issuers);
    audit.grantAppend(fn);
    idempotency.grantRepetition(fn);
    stage.dashboards.addRow('Consumers', { functions: [fn] });
    stage.addOutputs({ ConsumersTable: this.#table.table.tableName });
  }

  /** Lets `fn` identify callers. */
  grantIdentify(fn: FacadeFunction): void {
    this.grantLookUp(fn);
    fn.setVariable(variables.oidcIssuers, this.#issuers);
  }

  /** Lets `fn` read records of consumers. */
  grantLookUp(fn: FacadeFunction): void {
    this.#table.grantRead(fn, variables.consumersTable);
  }

  /** Lets `fn` write the day of the last use into the records of keys, and nothing else. It is for the functions that handle most calls. */
  grantNotesOfUse(fn: FacadeFunction): void {
    this.#table.grantUnder(fn, ['dynamodb:UpdateItem'], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['KEY#*'] },
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'lastUsedOn'] },
      StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
    });
    this.#table.grantKey(fn, 'writeItems');
    fn.setVariable(variables.keyUse, 'note');
  }
}
