/** Published versions of durable functions. A deployment publishes one and deletes none, because running executions go on with theirs. */
import {
  type CloudFormationClient,
  DescribeStacksCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DeleteFunctionCommand,
  GetAliasCommand,
  type LambdaClient,
  ListDurableExecutionsByFunctionCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { UsageError } from './usage-error.ts';

type StackReader = Pick<CloudFormationClient, 'send'>;
type Versions = Pick<LambdaClient, 'send'>;

export type PublishedAlias = { readonly functionName: string; readonly alias: string };

/**
 * A deployment that is under way, or whose way back has failed, may need the versions before it.
 * @throws UsageError that says what to do.
 */
export const expectSettled = async (client: StackReader, StackName: string): Promise<void> => {
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  const status = Stacks?.[0]?.StackStatus ?? 'unknown';
  if (/^(?:CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/.test(status)) return;
  throw new UsageError(`The stack ${StackName} is ${status}. Remove versions when its deployment has ended.`);
};

/** The aliases under which functions of a stack are started. Only durable functions have one. */
export const findAliases = async (client: StackReader, StackName: string): Promise<PublishedAlias[]> => {
  const aliases: PublishedAlias[] = [];
  let next: string | undefined;
  do {
    const page = await client.send(new ListStackResourcesCommand({ StackName, ...(next ? { NextToken: next } : {}) }));
    for (const { ResourceType, ResourceStatus, PhysicalResourceId = '' } of page.StackResourceSummaries ?? []) {
      // arn:aws:lambda:REGION:ACCOUNT:function:NAME:ALIAS
      const [functionName, alias] = PhysicalResourceId.split(':').slice(6);
      if (ResourceType === 'AWS::Lambda::Alias' && ResourceStatus !== 'DELETE_COMPLETE' && functionName && alias)
        aliases.push({ functionName, alias });
    }
    next = page.NextToken;
  } while (next);
  return aliases;
};

/** `current`: new executions begin on it, or will, as on one that a deployment has just published. */
type VersionUse = 'current' | 'running' | 'unused';
export type PublishedVersion = {
  readonly functionName: string;
  readonly number: string;
  readonly use: VersionUse;
};

const hasRunning = async (client: Versions, FunctionName: string, Qualifier: string): Promise<boolean> => {
  let marker: string | undefined;
  do {
    const { DurableExecutions = [], NextMarker } = await client.send(
      new ListDurableExecutionsByFunctionCommand({
        ...{ FunctionName, Qualifier, Statuses: ['RUNNING'] },
        ...(marker ? { Marker: marker } : {}),
      }),
    );
    if (DurableExecutions.length > 0) return true;
    marker = NextMarker;
  } while (marker);
  return false;
};

/** The version that an alias names, and those to which it sends a share of the executions. */
const currentOf = async (client: Versions, { functionName, alias }: PublishedAlias) => {
  const { FunctionVersion, RoutingConfig } = await client.send(
    new GetAliasCommand({ FunctionName: functionName, Name: alias }),
  );
  if (!FunctionVersion) throw new Error(`Lambda names no version of ${functionName}:${alias}`);
  return {
    newest: Number(FunctionVersion),
    weighted: new Set(Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {})),
  };
};

/** The oldest first. */
export const findVersions = async (client: Versions, published: PublishedAlias): Promise<PublishedVersion[]> => {
  const { functionName } = published;
  const { newest, weighted } = await currentOf(client, published);
  const found: PublishedVersion[] = [];
  let marker: string | undefined;
  do {
    const page = await client.send(
      new ListVersionsByFunctionCommand({ FunctionName: functionName, ...(marker ? { Marker: marker } : {}) }),
    );
    for (const { Version: number = '$LATEST' } of page.Versions ?? []) {
      if (number === '$LATEST') continue;
      const isCurrent = Number(number) >= newest || weighted.has(number);
      const use = isCurrent ? 'current' : (await hasRunning(client, functionName, number)) ? 'running' : 'unused';
      found.push({ functionName, number, use });
    }
    marker = page.NextMarker;
  } while (marker);
  return found.sort((a, b) => Number(a.number) - Number(b.number));
};

/**
 * Deletes a version unless it is in use, which is asked again, because a deployment may have been rolled back to it meanwhile.
 * @returns whether it was deleted. Lambda itself refuses to delete a version that an alias names.
 */
export const removeVersion = async (client: Versions, published: PublishedAlias, number: string): Promise<boolean> => {
  const { functionName } = published;
  const { newest, weighted } = await currentOf(client, published);
  if (Number(number) >= newest || weighted.has(number)) return false;
  if (await hasRunning(client, functionName, number)) return false;
  await client.send(new DeleteFunctionCommand({ FunctionName: functionName, Qualifier: number }));
  return true;
};
