/** Who may do what with linked tokens: using one, keeping them alive, and linking them are three things. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { credentialContext, variables } from '../../shared/config/names.ts';
import type { FunctionName } from '../routes.ts';
import type { StageConfig } from '../stage-config.ts';
import type { FacadeFunction } from './facade-function.ts';
import { type Keys, keyActions, keyThroughService } from './keys.ts';
import type { FacadeTable } from './table.ts';

type Parts = {
  readonly table: FacadeTable;
  readonly keys: Keys;
  readonly quota: FacadeTable;
  readonly config: StageConfig;
};
type Functions = Readonly<Record<FunctionName | 'keepalive', FacadeFunction>>;

/** KMS for secrets of the upstream and nothing else that this key may one day encrypt. */
const sealing = ({ credentials }: Keys, actions: string[]): PolicyStatement =>
  new PolicyStatement({
    actions,
    resources: [credentials.keyArn],
    conditions: { StringEquals: { [`kms:EncryptionContext:${credentialContext.name}`]: credentialContext.purpose } },
  });

/** Reads and opens tokens, and notes their use and death. */
const grantUse = (fn: FacadeFunction, { table, keys, config }: Parts): void => {
  table.grantRead(fn, variables.tokensTable);
  fn.setVariable(variables.credentialsKey, keys.credentials.keyArn);
  fn.setVariable(variables.oauthClientId, config.oauthClientId ?? '');
  fn.allow(sealing(keys, ['kms:Decrypt']));
  fn.allow(new PolicyStatement({ actions: ['dynamodb:UpdateItem'], resources: [table.table.tableArn] }));
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

const grantLinking = (fn: FacadeFunction, { table, keys, config }: Parts): void => {
  table.grantReadWrite(fn, variables.tokensTable);
  fn.allow(sealing(keys, ['kms:GenerateDataKey']));
  fn.setVariable(variables.oauthResponseType, config.oauthResponseType);
  fn.setVariable(variables.oauthScope, config.oauthScope);
  fn.setVariable(variables.oauthAuthorizePath, config.oauthAuthorizePath);
  fn.setVariable(variables.oauthTokenPath, config.oauthTokenPath ?? '');
  fn.setVariable(variables.oauthWithoutState, config.oauthWithoutState);
};

/** `tokens` also needs to read the consumers. */
export const connectTokens = ({ native, uploads, tokens, keepalive }: Functions, parts: Parts): void => {
  for (const fn of [native, uploads, tokens, keepalive]) grantUse(fn, parts);
  for (const fn of [native, uploads]) grantTickets(fn, parts);
  for (const fn of [tokens, keepalive]) grantCalls(fn, parts);
  grantLinking(tokens, parts);
  keepalive.setVariable(variables.tokenTouchHours, String(parts.config.tokenTouchHours));
};
