/** The tenant's budget (docs/quota.md): its table, the routes of /v1/quota, and its alarms. */
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { Stage } from '../constructs/stage.ts';
import type { FacadeTable } from '../constructs/table.ts';
import { concurrencyOf, type StageConfig } from '../stage-config.ts';
import type { Audit } from './audit.ts';
import type { Consumers } from './consumers.ts';
import type { Idempotency } from './idempotency.ts';
import { watchQuota } from './quota-alarms.ts';

type Lenders = { readonly consumers: Consumers; readonly audit: Audit; readonly idempotency: Idempotency };

export class Quota {
  readonly #config: StageConfig;
  readonly #table: FacadeTable;

  constructor(stage: Stage, { consumers, audit, idempotency }: Lenders) {
    this.#config = stage.config;
    this.#table = stage.createTable('QuotaTable');
    const fn = stage.createFunction('quota');
    this.#grantBudget(fn);
    this.#boundBookings(fn);
    consumers.grantIdentify(fn);
    audit.grantAppend(fn);
    idempotency.grantRepetition(fn);
    stage.dashboards.addRow('Quota', {
      functions: [fn],
      graphs: {
        'Calls admitted, and sent uncounted': [
          ['QuotaAdmitted', Stats.SUM],
          ['QuotaAdmittedUnasked', Stats.SUM],
        ],
        'Wait of admitted calls': [['QuotaWaitMillis', Stats.MAXIMUM]],
        'Refused calls, 429s of the tenant, failures of the table': [
          ['QuotaRefused', Stats.SUM],
          ['QuotaUpstream429', Stats.SUM],
          ['QuotaStoreFailures', Stats.SUM],
        ],
      },
    });
    watchQuota(stage.alarms);
  }

  /** Lets `fn` send to the tenant within the budget. */
  grantSpend(fn: FacadeFunction): void {
    this.#grantBudget(fn);
    fn.setVariable(variables.quotaMode, this.#config.quotaMode);
    fn.setVariable(variables.quotaWhenStoreFails, this.#config.quotaWhenStoreFails);
  }

  /** Lets `fn` read the budget, and nothing more. */
  grantLook(fn: FacadeFunction): void {
    this.#table.grantItems(fn, variables.quotaTable, {
      actions: ['dynamodb:GetItem'],
      onKey: 'readItems',
      leadingKeys: ['QUOTA#*'],
    });
  }

  /**
   * Lets `fn` take and give back the slots of large answers, which are items of their own in the table of the budget. They may
   * be half of what the function may run at a time, so that the other half is left for small answers.
   */
  grantLargeAnswers(fn: FacadeFunction): void {
    const { executions, sharedBy } = concurrencyOf(this.#config, fn.name);
    this.#table.grantUnder(fn, ['dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem'], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['SLOTS#*'] },
    });
    fn.setVariable(variables.largeAnswersPerConsumer, String(this.#config.largeAnswersPerConsumer));
    fn.setVariable(variables.largeAnswersInAll, String(Math.max(1, Math.floor(executions / 2))));
    fn.setVariable(variables.largeAnswersPool, sharedBy);
  }

  /** Bounds how many calls of one consumer may wait for the budget: each holds an execution of `fn`, which others want too. */
  boundWaitingCalls(fn: FacadeFunction): void {
    const { executions, sharedBy } = concurrencyOf(this.#config, fn.name);
    fn.setVariable(variables.quotaWaitingExecutions, String(executions));
    fn.setVariable(variables.quotaWaitingShare, String(this.#config.quotaWaitingShare));
    fn.setVariable(variables.quotaWaitingPool, sharedBy);
  }

  #grantBudget(fn: FacadeFunction): void {
    const actions = ['dynamodb:GetItem', 'dynamodb:PutItem'];
    this.#table.grant(fn, variables.quotaTable, { actions, onKey: 'writeItems' });
    fn.setVariable(variables.tenantRequestsPerMinute, String(this.#config.tenantRequestsPerMinute));
    fn.setVariable(variables.quotaDirectShare, String(this.#config.quotaDirectShare));
    fn.setVariable(variables.quotaReservedShare, String(this.#config.quotaReservedShare));
  }

  /** What one consumer, and all of them together, may reserve. */
  #boundBookings(fn: FacadeFunction): void {
    fn.setVariable(variables.bookingsPerConsumer, String(this.#config.bookingsPerConsumer));
    fn.setVariable(variables.bookingConsumerShare, String(this.#config.bookingConsumerShare));
    fn.setVariable(variables.bookingDays, String(this.#config.bookingDays));
    fn.setVariable(variables.bookingsInAll, String(this.#config.bookingsInAll));
  }
}
