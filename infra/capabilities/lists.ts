/**
 * External lists and data sources (docs/lists-and-sources.md): what the tenant calls at /lists and /sources, and its administration below
 * /v1/lists and /v1/sources.
 */
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { credentialContext, variables } from '../../shared/config/names.ts';
import { sealedFor } from '../../shared/lists/sealed-for.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import type { Stage } from '../constructs/stage.ts';
import type { Audit } from './audit.ts';
import type { Consumers } from './consumers.ts';

/** 20,000 items are parsed and checked. Signals waits for 30 s. */
const size = { memoryMiB: 1_024, timeoutSeconds: 29 };
const csvFolder = 'csv/';

type Lenders = { readonly consumers: Consumers; readonly audit: Audit };

export class Lists {
  constructor(stage: Stage, { consumers, audit }: Lenders) {
    const { sourceNetworks, vpcSubnetIds, vpcSecurityGroupIds } = stage.config;
    const table = stage.createTable('ListsTable');
    const bucket = new PrivateBucket(stage.stack, 'ListsBucket', stage.storeProps, {
      expireDays: undefined,
      actions: ['s3:GetObject'],
      whyNoAccessLogs:
        'Operators put files here, which CloudTrail data events show. The function logs each read of a list.',
      whyAllObjects: 'Administrators name the object of a list, below this folder.',
    });
    const fn = stage.createFunction('lists', size);
    table.grantReadWrite(fn, variables.listsTable);
    bucket.grantObjects(fn, variables.listsBucket, csvFolder);
    this.#grantSealing(fn, stage.keys.credentials.keyArn);
    consumers.grantIdentify(fn);
    audit.grantAppend(fn);
    fn.setVariable(variables.sourceNetworks, sourceNetworks.join(','));
    if (vpcSubnetIds.length > 0) fn.joinVpc(vpcSubnetIds, vpcSecurityGroupIds);
    stage.dashboards.addRow('Lists and sources', {
      functions: [fn],
      graphs: {
        'Calls of the tenant': [
          ['ListCalls', Stats.SUM],
          ['ListCallsStale', Stats.SUM],
          ['ListCallsFailed', Stats.SUM],
          ['ListCallsRefused', Stats.SUM],
        ],
      },
    });
    stage.addOutputs({ ListsTable: table.table.tableName, ListsBucket: bucket.bucket.bucketName });
  }

  /** The values of headers to systems of record, and no other secret of the key. */
  #grantSealing(fn: FacadeFunction, keyArn: string): void {
    const conditions = {
      StringEquals: { [`kms:EncryptionContext:${credentialContext.name}`]: credentialContext.purpose },
      StringLike: { 'kms:EncryptionContext:record': sealedFor('*', '*', '*') },
    };
    const actions = ['kms:Decrypt', 'kms:GenerateDataKey'];
    fn.allow(new PolicyStatement({ actions, resources: [keyArn], conditions }));
    fn.setVariable(variables.credentialsKey, keyArn);
  }
}
