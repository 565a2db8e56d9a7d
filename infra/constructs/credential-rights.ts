/** Who may do what with the upstream credentials: using one is not making one. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { credentialContext, tableAttributes, variables } from '../../shared/config/names.ts';
import { recordOf } from '../../shared/credentials/key.ts';
import type { StageConfig } from '../stage-config.ts';
import type { FacadeFunction } from './facade-function.ts';
import { type Keys, keyActions, keyThroughService } from './keys.ts';
import type { FacadeTable } from './table.ts';

type Store = { readonly table: FacadeTable; readonly keys: Keys };

/** What use of a key leaves in its record: when it was used, and whether it was refused. The sealed secret is not in here. */
const traces = ['id', 'lastUsedAtMillis', 'cooldownUntilMillis', 'cooldownReason', 'strikes', 'state'];

/** The names under which the secrets of keys are sealed. */
const keyRecords = recordOf({ upstream: 'signals', id: '*' });

/** KMS for the facade's own keys: neither for tokens of people, nor for anything else that this key may one day encrypt. */
const sealing = ({ credentials }: Keys, actions: string[]): PolicyStatement =>
  new PolicyStatement({
    actions,
    resources: [credentials.keyArn],
    conditions: {
      StringEquals: { [`kms:EncryptionContext:${credentialContext.name}`]: credentialContext.purpose },
      StringLike: { 'kms:EncryptionContext:record': keyRecords },
    },
  });

/** Lets `fn` call upstream: read the records, open the secrets, and write down how a key fared. */
export const grantUseOfCredentials = (fn: FacadeFunction, { table, keys }: Store): void => {
  fn.setVariable(variables.credentialsKey, keys.credentials.keyArn);
  table.grantRead(fn, variables.credentialsTable);
  fn.allow(sealing(keys, ['kms:Decrypt']));
  fn.allow(keyThroughService(keys.data, 'dynamodb', keyActions.writeItems));
  fn.allow(
    new PolicyStatement({
      actions: ['dynamodb:UpdateItem'],
      resources: [table.table.tableArn],
      conditions: {
        'ForAllValues:StringEquals': {
          'dynamodb:Attributes': [tableAttributes.partitionKey, tableAttributes.sortKey, ...traces],
        },
      },
    }),
  );
};

/** Lets `fn` add, change and remove credentials, and ask the tenant whose they are. It also needs the quota and the consumers. */
export const grantAdministrationOfCredentials = (
  fn: FacadeFunction,
  { table, keys }: Store,
  config: StageConfig,
): void => {
  fn.setVariable(variables.credentialPoolSize, String(config.credentialPoolSize));
  fn.setVariable(variables.signalsUrl, config.tenantUrl);
  fn.setVariable(variables.upstreamFirstByteSeconds, String(config.upstreamFirstByteSeconds));
  fn.setVariable(variables.quotaMode, config.quotaMode);
  fn.setVariable(variables.quotaWhenStoreFails, config.quotaWhenStoreFails);
  fn.setVariable(variables.credentialsKey, keys.credentials.keyArn);
  table.grantReadWrite(fn, variables.credentialsTable);
  fn.allow(sealing(keys, ['kms:Decrypt', 'kms:GenerateDataKey']));
};
