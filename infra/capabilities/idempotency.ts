/** The first answers of POSTs with an Idempotency-Key (docs/idempotency.md). */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
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
    stage.dashboards.addRow('Idempotency', { graphs: { 'Lost outcomes': [['IdempotencyOutcomesLost', Stats.SUM]] } });
    // A repeated POST may then act twice: one outcome is too many.
    const lost = stage.alarms.metric('IdempotencyOutcomesLost', Stats.SUM, Duration.minutes(5));
    stage.alarms.add('IdempotencyOutcomesLost', lost, 1, {
      what: 'A first answer was not kept, or could not be read',
      section: 'first answers were lost',
    });
  }

  /** Lets `fn` keep first answers and repeat them. */
  grantRepetition(fn: FacadeFunction): void {
    this.#table.grantReadWrite(fn, variables.idempotencyTable);
    fn.setVariable(variables.idempotencyHours, String(this.#hours));
  }
}
