/** The keys that the facade calls the tenant with (docs/credentials.md), and /v1/credentials. Using one is not making one. */
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { credentialContext, tableAttributes, variables } from '../../shared/config/names.ts';
import { recordOf } from '../../shared/credentials/key.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { Stage } from '../constructs/stage.ts';
import type { FacadeTable } from '../constructs/table.ts';
import type { Audit } from './audit.ts';
import type { Consumers } from './consumers.ts';
import { watchCredentials } from './credential-alarms.ts';
import type { Operations } from './operations.ts';
import type { Quota } from './quota.ts';
import type { Tenant } from './tenant.ts';

/** What use of a key leaves in its record: when it was used, and whether it was refused. The sealed secret is not in here. */
const traces = [
  'id',
  'lastUsedAtMillis',
  'cooldownUntilMillis',
  'cooldownReason',
  'strikes',
  'refusedSinceMillis',
  'state',
];

/** The names under which the secrets of keys are sealed. */
const keyRecords = recordOf({ upstream: 'signals', id: '*' });

type Lenders = {
  readonly tenant: Tenant;
  readonly quota: Quota;
  readonly consumers: Consumers;
  readonly audit: Audit;
  readonly operations: Operations;
};

export class Credentials {
  readonly #stage: Stage;
  readonly #table: FacadeTable;

  constructor(stage: Stage, lenders: Lenders) {
    this.#stage = stage;
    this.#table = stage.createTable('CredentialsTable');
    const fn = stage.createFunction('credentials');
    this.#administer(fn, lenders);
    stage.dashboards.addRow('Keys of the tenant', {
      functions: [fn],
      graphs: {
        'Refused and disabled keys, failures of the store': [
          ['CredentialRefused', Stats.SUM],
          ['CredentialDisabled', Stats.SUM],
          ['CredentialStoreFailed', Stats.SUM],
        ],
      },
    });
    watchCredentials(stage.alarms);
    stage.addOutputs({
      CredentialsTable: this.#table.table.tableName,
      CredentialsKey: stage.keys.credentials.keyArn,
      CredentialPoolSize: String(stage.config.credentialPoolSize),
    });
  }

  /** Lets `fn` call upstream: read the records, open the secrets, and write down how a key fared. */
  grantUse(fn: FacadeFunction): void {
    this.#table.grantRead(fn, variables.credentialsTable);
    this.#grantSealing(fn, ['kms:Decrypt']);
    this.#table.grantKey(fn, 'writeItems');
    this.#table.grantUnder(fn, ['dynamodb:UpdateItem'], {
      'ForAllValues:StringEquals': {
        'dynamodb:Attributes': [tableAttributes.partitionKey, tableAttributes.sortKey, ...traces],
      },
    });
  }

  /** Lets `fn` see how the keys stand. It cannot open their secrets. */
  grantLook(fn: FacadeFunction): void {
    this.#table.grantItems(fn, variables.credentialsTable, {
      actions: ['dynamodb:Query'],
      onKey: 'readItems',
      leadingKeys: ['UPSTREAM#*'],
    });
  }

  /** Lets `fn` add, change and remove credentials, and ask the tenant whose they are. */
  #administer(fn: FacadeFunction, { tenant, quota, consumers, audit, operations }: Lenders): void {
    this.#table.grantReadWrite(fn, variables.credentialsTable);
    this.#grantSealing(fn, ['kms:Decrypt', 'kms:GenerateDataKey']);
    fn.setVariable(variables.credentialPoolSize, String(this.#stage.config.credentialPoolSize));
    tenant.grantCalls(fn);
    quota.grantSpend(fn);
    consumers.grantIdentify(fn);
    audit.grantAppend(fn);
    operations.grantRaise(fn);
  }

  /** KMS for the facade's own keys: neither for tokens of people, nor for anything else that this key may one day encrypt. */
  #grantSealing(fn: FacadeFunction, actions: string[]): void {
    const { keyArn } = this.#stage.keys.credentials;
    const conditions = {
      StringEquals: { [`kms:EncryptionContext:${credentialContext.name}`]: credentialContext.purpose },
      StringLike: { 'kms:EncryptionContext:record': keyRecords },
    };
    fn.allow(new PolicyStatement({ actions, resources: [keyArn], conditions }));
    fn.setVariable(variables.credentialsKey, keyArn);
  }
}
