/** The first answers of POSTs with an Idempotency-Key (docs/idempotency.md). */
import { variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { Stage } from '../constructs/stage.ts';
import type { FacadeTable } from '../constructs/table.ts';

export class Idempotency {
  readonly #table: FacadeTable;
  readonly #hours: number;

  constructor(stage: Stage) {
    this.#table = stage.createTable('IdempotencyTable');
    this.#hours = stage.config.idempotencyHours;
  }

  /** Lets `fn` keep first answers and repeat them. */
  grantRepetition(fn: FacadeFunction): void {
    this.#table.grantReadWrite(fn, variables.idempotencyTable);
    fn.setVariable(variables.idempotencyHours, String(this.#hours));
  }
}
