/** `versions`: lists the published versions of the durable functions of a stage. Removals are recorded. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Change } from '../../shared/audit/changes.ts';
import { findRecordedStage } from './find-stage.ts';
import { createRecording } from './recording.ts';
import { UsageError } from './usage-error.ts';
import {
  expectSettled,
  findAliases,
  findVersions,
  type PublishedAlias,
  type PublishedVersion,
  removeVersion,
} from './versions.ts';

const notes = {
  current: 'new executions begin on it',
  running: 'executions run on it',
  unused: 'unused',
} as const;

type Found = { readonly alias: PublishedAlias; readonly version: PublishedVersion };

/** One that cannot be removed is told of and left. @returns what was removed, for the record, whatever failed. */
export const removeUnused = async (lambda: Pick<LambdaClient, 'send'>, found: readonly Found[]): Promise<Change[]> => {
  const changes: Change[] = [];
  for (const { alias, version } of found) {
    const name = `${version.functionName}:${version.number}`;
    if (version.use !== 'unused') continue;
    try {
      if (!(await removeVersion(lambda, alias, version.number))) continue;
      console.log(`${name} removed`);
      changes.push({ of: name, field: 'version', old: 'present' });
    } catch (error) {
      console.error(`${name} could not be removed: ${error instanceof Error ? error.message : error}`);
      process.exitCode = 1;
    }
  }
  return changes;
};

export const versionsCommand = async (stage: string, region: string, remove: string | undefined): Promise<void> => {
  if (remove !== undefined && remove !== 'unused') throw new UsageError('--remove takes unused.');
  const { audit } = await findRecordedStage(stage, region);
  if (!audit) throw new UsageError('The stage does not say where its audit log is.');
  const stackName = `signals-facade-${stage}`;
  const lambda = new LambdaClient({ region });
  const stacks = new CloudFormationClient({ region });
  if (remove !== undefined) await expectSettled(stacks, stackName);
  const found: Found[] = [];
  for (const alias of await findAliases(stacks, stackName))
    for (const version of await findVersions(lambda, alias)) found.push({ alias, version });
  for (const { version } of found) console.log(`${version.functionName}:${version.number} (${notes[version.use]})`);
  if (remove === undefined) return console.log(`${found.length} versions`);
  const recorded = createRecording(new DynamoDBClient({ region }), audit);
  let removed = 0;
  await recorded({ name: 'versions', target: stackName, asked: { remove } }, async () => {
    const changes = await removeUnused(lambda, found);
    removed = changes.length;
    return changes;
  });
  console.log(`${removed} of ${found.length} versions removed`);
};
