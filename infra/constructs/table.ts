/** A DynamoDB table of the facade: on demand, encrypted, recoverable, expiring by attribute, with narrow grants. */
import type { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { tableAttributes } from '../../shared/config/names.ts';
import type { FacadeFunction } from './facade-function.ts';
import { keyActions, keyThroughService } from './keys.ts';

export type FacadeTableProps = {
  readonly encryptionKey: Key;
  readonly removalPolicy: RemovalPolicy;
  readonly keep: boolean;
};

const readActions = ['dynamodb:GetItem', 'dynamodb:Query'];
const writeActions = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];

/** `Table`, not `TableV2`: one region, and plain AWS::DynamoDB::Table for everything that reads the template. */
export class FacadeTable extends Construct {
  readonly table: Table;
  readonly #encryptionKey: Key;

  constructor(scope: Construct, id: string, props: FacadeTableProps) {
    super(scope, id);
    this.#encryptionKey = props.encryptionKey;
    this.table = new Table(this, 'Table', {
      partitionKey: { name: tableAttributes.partitionKey, type: AttributeType.STRING },
      sortKey: { name: tableAttributes.sortKey, type: AttributeType.STRING },
      timeToLiveAttribute: tableAttributes.timeToLive,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.encryptionKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.keep,
      removalPolicy: props.removalPolicy,
    });
  }

  /** Lets `fn` read items and puts the table's name into its environment. */
  grantRead(fn: FacadeFunction, variable: string): void {
    this.grant(fn, variable, { actions: readActions, onKey: 'readItems' });
  }

  /** Lets `fn` read and write items and puts the table's name into its environment. */
  grantReadWrite(fn: FacadeFunction, variable: string): void {
    this.grant(fn, variable, { actions: [...readActions, ...writeActions], onKey: 'writeItems' });
  }

  /** Lets `fn` call `actions`, and puts the table's name into its environment. */
  grant(fn: FacadeFunction, variable: string, { actions, onKey, indexes = [] }: Grant): void {
    const { tableArn, tableName } = this.table;
    const resources = [tableArn, ...indexes.map((name) => `${tableArn}/index/${name}`)];
    fn.allow(new PolicyStatement({ actions: [...actions], resources }));
    this.grantKey(fn, onKey);
    fn.setVariable(variable, tableName);
  }

  /**
   * Lets `fn` call `actions` on items whose partition keys match `leadingKeys` (with `*` for any text), and on nothing else, and puts
   * the table's name into its environment.
   */
  grantItems(fn: FacadeFunction, variable: string, { actions, onKey, leadingKeys }: ItemsGrant): void {
    this.grantUnder(fn, actions, { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...leadingKeys] } });
    this.grantKey(fn, onKey);
    fn.setVariable(variable, this.table.tableName);
  }

  /** Lets `fn` call `actions` under `conditions`, in addition to another grant, which sets the table's name. */
  grantUnder(fn: FacadeFunction, actions: readonly string[], conditions: Conditions): void {
    fn.allow(new PolicyStatement({ actions: [...actions], resources: [this.table.tableArn], conditions }));
  }

  /** Lets `fn` use the table's key through DynamoDB. Every grant except `grantUnder` includes it. */
  grantKey(fn: FacadeFunction, onKey: Grant['onKey']): void {
    fn.allow(keyThroughService(this.#encryptionKey, 'dynamodb', keyActions[onKey]));
  }
}

type Grant = {
  readonly actions: readonly string[];
  readonly onKey: 'readItems' | 'writeItems';
  /** Names of the indexes that it may use as well. */
  readonly indexes?: readonly string[];
};
type ItemsGrant = Pick<Grant, 'actions' | 'onKey'> & { readonly leadingKeys: readonly string[] };
type Conditions = NonNullable<PolicyStatementProps['conditions']>;
