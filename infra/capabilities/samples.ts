/**
 * Registrations of samples (docs/registration.md): the routes of /v1/samples, the table of what is registered, and the check that finds
 * drifted samples.
 */
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import { driftIndex, variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { Stage } from '../constructs/stage.ts';
import type { FacadeTable } from '../constructs/table.ts';
import type { Credentials } from './credentials.ts';
import type { Native } from './native.ts';
import type { Operations } from './operations.ts';
import type { Quota } from './quota.ts';
import type { Tenant } from './tenant.ts';

/** Four calls one after the other, which wait for their turn. */
const size = { memoryMiB: 512, timeoutSeconds: 60 };
/** A run of 20 calls that wait behind all others; the next one starts beside it. */
const checkSize = { memoryMiB: 512, timeoutSeconds: 120 };
const silentHours = 1;

const recordActions = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'];

type Lenders = {
  readonly native: Native;
  readonly tenant: Tenant;
  readonly quota: Quota;
  readonly credentials: Credentials;
  readonly operations: Operations;
};

export class Samples {
  readonly fn: FacadeFunction;
  readonly check: FacadeFunction;
  readonly #table: FacadeTable;

  constructor(stage: Stage, { native, tenant, quota, credentials, operations }: Lenders) {
    this.#table = stage.createTable('SamplesTable');
    this.#table.table.addGlobalSecondaryIndex({
      indexName: driftIndex.name,
      partitionKey: { name: driftIndex.partitionKey, type: AttributeType.STRING },
      sortKey: { name: driftIndex.sortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
    this.fn = stage.createFunction('samples', size);
    // Each call is one of the caller's.
    native.grantPipeline(this.fn);
    this.#grant(this.fn, [...recordActions, 'dynamodb:Query'], [driftIndex.name]);
    this.check = stage.createFunction('samplecheck', checkSize);
    tenant.grantCalls(this.check);
    quota.grantSpend(this.check);
    credentials.grantUse(this.check);
    operations.grantRaise(this.check);
    this.#grant(this.check, [...recordActions, 'dynamodb:Query']);
    stage.runWithOthers('EachMinuteSchedule', this.check);
    this.#show(stage);
  }

  /** Lets `fn` mark samples as registered in the name of people who have logged in for it. */
  grantMarks(fn: FacadeFunction): void {
    this.#grant(fn, recordActions);
  }

  /** Lets the change sweep have changed samples looked at. */
  grantNotesOfChanges(fn: FacadeFunction): void {
    this.#grant(fn, ['dynamodb:BatchGetItem', 'dynamodb:PutItem']);
  }

  #grant(fn: FacadeFunction, actions: readonly string[], indexes: readonly string[] = []): void {
    this.#table.grant(fn, variables.samplesTable, { actions, onKey: 'writeItems', indexes });
  }

  #show({ dashboards, alarms }: Stage): void {
    dashboards.addRow('Registered samples', {
      functions: [this.fn, this.check],
      graphs: {
        'Looks, and drifts that were found': [
          ['SampleLooks', Stats.SUM],
          ['SampleLooksFailed', Stats.SUM],
          ['SampleDrifts', Stats.SUM],
        ],
      },
    });
    alarms.addForSilence('SampleCheckSilent', alarms.metric('SampleLooks', Stats.SAMPLE_COUNT), silentHours, {
      what: `No check of registered samples has ended for ${silentHours} hour`,
      section: 'registered samples are not checked',
    });
  }
}
