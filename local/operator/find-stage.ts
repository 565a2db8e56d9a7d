/** A deployed stage, as the outputs of its stack describe it. */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import * as z from 'zod';
import type { StageResources } from './provision.ts';
import { UsageError } from './usage-error.ts';

const Outputs = z.object({
  ConsumersTable: z.string(),
  CredentialsTable: z.string(),
  CredentialsKey: z.string(),
  // Stages that were deployed by an earlier version lack these.
  CredentialPoolSize: z.coerce.number().int().positive().optional(),
  TenantUrl: z.url().optional(),
  NotificationsTable: z.string().optional(),
  SubscriptionsTable: z.string().optional(),
  SenderRoleArn: z.string().optional(),
  /** `<name>@<host>` of each mirror, as a comma list, or `none`. */
  Mirrors: z.string().optional(),
  ArchiveTable: z.string().optional(),
  ArchiveLock: z.string().optional(),
  AuditTable: z.string().optional(),
  AuditRetentionDays: z.coerce.number().int().positive().optional(),
});

const stackOf = (stage: string): string => `signals-facade-${stage}`;

const readOutputs = async (stage: string, region: string | undefined) => {
  const client = new CloudFormationClient(region ? { region } : {});
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackOf(stage) }));
  return Object.fromEntries((Stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
};

const noOutputs = (stage: string): UsageError =>
  new UsageError(`The stack ${stackOf(stage)} has no outputs of this facade: is it deployed?`);

/** The base URL of a deployed stage. @throws UsageError when its stack names none. */
export const findStageUrl = async (stage: string, region: string | undefined): Promise<string> => {
  const { ApiUrl } = await readOutputs(stage, region);
  if (ApiUrl) return ApiUrl;
  throw noOutputs(stage);
};

/** Tables and key of a deployed stage, from the outputs of its stack. */
export const findStage = async (stage: string, region: string | undefined): Promise<StageResources> => {
  const outputs = Outputs.safeParse(await readOutputs(stage, region));
  if (!outputs.success) throw noOutputs(stage);
  const { ConsumersTable, CredentialsTable, CredentialsKey, CredentialPoolSize, TenantUrl } = outputs.data;
  const {
    ArchiveTable,
    ArchiveLock,
    AuditTable,
    AuditRetentionDays,
    NotificationsTable,
    SubscriptionsTable,
    SenderRoleArn,
    Mirrors,
  } = outputs.data;
  const isTold = AuditTable !== undefined && AuditRetentionDays !== undefined;
  return {
    consumersTable: ConsumersTable,
    credentialsTable: CredentialsTable,
    credentialsKey: CredentialsKey,
    credentialPoolSize: CredentialPoolSize,
    tenantUrl: TenantUrl,
    notificationsTable: NotificationsTable,
    subscriptionsTable: SubscriptionsTable,
    senderRoleArn: SenderRoleArn,
    mirrors: Mirrors?.split(','),
    archive: ArchiveTable === undefined ? undefined : { table: ArchiveTable, hasLocks: ArchiveLock !== 'none' },
    audit: isTold ? { table: AuditTable, retentionDays: AuditRetentionDays, whenStoreFails: 'refuse' } : undefined,
  };
};

/** For commands that change access: they run only if they can be recorded. */
export const findRecordedStage = async (stage: string, region: string | undefined): Promise<StageResources> => {
  const resources = await findStage(stage, region);
  if (resources.audit) return resources;
  throw new UsageError(
    `The stage ${stage} was deployed by an earlier version, which does not say where its audit log is. Deploy this version first: what a command changes is recorded.`,
  );
};
