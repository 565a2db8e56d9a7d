/** The decisions about requests (docs/requests.md): functions that answer requests may only add and count. /v1/requests may only read. */
import { variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { Stage } from '../constructs/stage.ts';
import type { FacadeTable } from '../constructs/table.ts';
import type { Consumers } from './consumers.ts';

type Lenders = { readonly consumers: Consumers };

export class Requests {
  readonly #table: FacadeTable;
  readonly #requestLog: 'on' | 'off';

  constructor(stage: Stage, { consumers }: Lenders) {
    this.#table = stage.createTable('RequestsTable');
    this.#requestLog = stage.config.requestLog;
    const fn = stage.createFunction('requests');
    this.#table.grant(fn, variables.requestsTable, {
      actions: ['dynamodb:GetItem', 'dynamodb:Query'],
      onKey: 'readItems',
    });
    stage.dashboards.addRow('Requests and usage', { functions: [fn] });
    consumers.grantIdentify(fn);
  }

  /** Lets `fn` store its decisions and count the use by consumers, or switches both off. */
  grantPut(fn: FacadeFunction): void {
    fn.setVariable(variables.requestLog, this.#requestLog);
    this.#table.grantItems(fn, variables.requestsTable, {
      actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
      onKey: 'writeItems',
      leadingKeys: ['REQUEST#*', 'REQUESTS#*', 'USAGE#*'],
    });
  }

  /** Lets `fn` add the outcomes of its calls to the upstream. */
  grantOutcomes(fn: FacadeFunction): void {
    this.#table.grantItems(fn, variables.requestsTable, {
      actions: ['dynamodb:UpdateItem'],
      onKey: 'writeItems',
      leadingKeys: ['HEALTH#UPSTREAM'],
    });
  }

  /** Lets `fn` read the outcomes of calls to the upstream, and store the states of the health checks. */
  grantHealth(fn: FacadeFunction): void {
    this.#table.grantItems(fn, variables.requestsTable, {
      actions: ['dynamodb:Query'],
      onKey: 'writeItems',
      leadingKeys: ['HEALTH#UPSTREAM'],
    });
    this.#table.grantItems(fn, variables.requestsTable, {
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      onKey: 'writeItems',
      leadingKeys: ['HEALTH'],
    });
  }
}
