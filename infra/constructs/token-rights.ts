/** Who may do what with linked tokens: using one, keeping them alive, and linking them are three things. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { credentialContext, tableAttributes, variables } from '../../shared/config/names.ts';
import type { FunctionName } from '../routes.ts';
import type { StageConfig } from '../stage-config.ts';
import type { FacadeFunction } from './facade-function.ts';
import { type Keys, keyActions, keyThroughService } from './keys.ts';
import type { FacadeTable } from './table.ts';

/** What use leaves in the record of a token: its state and times. Neither secret, person nor owner is in here. */
const traces = [
  'version',
  'state',
  'lastUsedAtMillis',
  'warnedAtMillis',
  'claimedUntilMillis',
  'doubtedAtMillis',
  'retryAtMillis',
];
/** What burying a token changes besides; IAM cannot tell removing the secret from overwriting it. */
const burials = ['sealed', 'diedAtMillis', 'toldAtMillis'];

/** The records for which secrets are sealed (shared/tokens/token.ts, shared/tokens/links.ts). */
const tokenRecords = ['*/user/*'];
const linkingRecords = [...tokenRecords, 'oauth-verifier/*'];

type Parts = {
  readonly table: FacadeTable;
  readonly keys: Keys;
  readonly quota: FacadeTable;
  readonly config: StageConfig;
};
type Functions = Readonly<Record<FunctionName | 'keepalive', FacadeFunction>>;

/** KMS for secrets of these records and nothing else that this key encrypts: no key of the facade's own among them. */
const sealing = ({ credentials }: Keys, actions: string[], records: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    actions,
    resources: [credentials.keyArn],
    conditions: {
      StringEquals: { [`kms:EncryptionContext:${credentialContext.name}`]: credentialContext.purpose },
      StringLike: { 'kms:EncryptionContext:record': records },
    },
  });

const allTokens = { 'dynamodb:LeadingKeys': ['TOKENS#*'] };

/** Changes these attributes of tokens, and sees nothing by it. */
const noting = ({ table }: Parts, attributes: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    actions: ['dynamodb:UpdateItem'],
    resources: [table.table.tableArn],
    conditions: {
      'ForAllValues:StringLike': allTokens,
      'ForAllValues:StringEquals': {
        'dynamodb:Attributes': [tableAttributes.partitionKey, tableAttributes.sortKey, ...attributes],
      },
      StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
    },
  });

/** Reads and opens tokens. */
const grantUse = (fn: FacadeFunction, { table, keys, config }: Parts): void => {
  table.grantRead(fn, variables.tokensTable);
  fn.setVariable(variables.credentialsKey, keys.credentials.keyArn);
  fn.setVariable(variables.oauthClientId, config.oauthClientId ?? '');
  fn.allow(sealing(keys, ['kms:Decrypt'], tokenRecords));
  fn.allow(keyThroughService(keys.data, 'dynamodb', keyActions.writeItems));
};

/** Notes a link that it hands out with a refusal; no token is ever put by it. */
const grantTickets = (fn: FacadeFunction, { table }: Parts): void =>
  fn.allow(
    new PolicyStatement({
      actions: ['dynamodb:PutItem'],
      resources: [table.table.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ONCE#*'] } },
    }),
  );

/** Calls upstream with tokens, within the budget, and with no key of the facade's own. */
const grantCalls = (fn: FacadeFunction, { quota, config }: Parts): void => {
  quota.grantQuota(fn, variables.quotaTable);
  fn.setVariable(variables.signalsUrl, config.tenantUrl);
  fn.setVariable(variables.upstreamFirstByteSeconds, String(config.upstreamFirstByteSeconds));
  fn.setVariable(variables.tenantRequestsPerMinute, String(config.tenantRequestsPerMinute));
  fn.setVariable(variables.quotaDirectShare, String(config.quotaDirectShare));
  fn.setVariable(variables.quotaReservedShare, String(config.quotaReservedShare));
  fn.setVariable(variables.quotaMode, config.quotaMode);
  fn.setVariable(variables.quotaWhenStoreFails, config.quotaWhenStoreFails);
};

/** Looks after tokens: gives the dead up, and removes those of consumers that are no more. */
const grantUpkeep = (fn: FacadeFunction, parts: Parts): void => {
  fn.setVariable(variables.tokenTouchHours, String(parts.config.tokenTouchHours));
  fn.allow(noting(parts, [...traces, ...burials]));
  fn.allow(
    new PolicyStatement({
      actions: ['dynamodb:DeleteItem'],
      resources: [parts.table.table.tableArn],
      conditions: { 'ForAllValues:StringLike': allTokens },
    }),
  );
};

const grantLinking = (fn: FacadeFunction, { table, keys, config }: Parts): void => {
  table.grantReadWrite(fn, variables.tokensTable);
  fn.allow(sealing(keys, ['kms:Decrypt', 'kms:GenerateDataKey'], linkingRecords));
  fn.setVariable(variables.oauthResponseType, config.oauthResponseType);
  fn.setVariable(variables.oauthScope, config.oauthScope);
  fn.setVariable(variables.oauthAuthorizePath, config.oauthAuthorizePath);
  fn.setVariable(variables.oauthTokenPath, config.oauthTokenPath ?? '');
  fn.setVariable(variables.oauthWithoutState, config.oauthWithoutState);
};

/** `tokens` and `keepalive` also need to read the consumers. */
export const connectTokens = ({ native, uploads, tokens, keepalive }: Functions, parts: Parts): void => {
  for (const fn of [native, uploads, tokens, keepalive]) grantUse(fn, parts);
  for (const fn of [native, uploads]) {
    fn.allow(noting(parts, traces));
    grantTickets(fn, parts);
  }
  for (const fn of [tokens, keepalive]) grantCalls(fn, parts);
  grantLinking(tokens, parts);
  grantUpkeep(keepalive, parts);
};
