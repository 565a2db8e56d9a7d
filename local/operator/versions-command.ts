/** `versions`: lists the published versions of the durable functions of a stage. Removals are recorded. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Change } from '../../shared/audit/changes.ts';
import { findRecordedStage } from './find-stage.ts';
import { createRecording } from './recording.ts';
import { UsageError } from './usage-error.ts';
import { findAliases, findVersions, type PublishedAlias, type PublishedVersion, removeVersion } from './versions.ts';

const notes = {
  current: 'new executions begin on it',
  running: 'executions run on it',
  unused: 'unused',
} as const;

type Found = { readonly alias: PublishedAlias; readonly version: PublishedVersion };

const removeUnused = async (lambda: LambdaClient, found: readonly Found[]): Promise<Change[]> => {
  const changes: Change[] = [];
  for (const { alias, version } of found) {
    const { functionName, number, use } = version;
    if (use !== 'unused' || !(await removeVersion(lambda, alias, number))) continue;
    console.log(`${functionName}:${number} removed`);
    changes.push({ of: `${functionName}:${number}`, field: 'version', old: 'present' });
  }
  return changes;
};

export const versionsCommand = async (stage: string, region: string, remove: string | undefined): Promise<void> => {
  if (remove !== undefined && remove !== 'unused') throw new UsageError('--remove takes unused.');
  const { audit } = await findRecordedStage(stage, region);
  if (!audit) throw new UsageError('The stage does not say where its audit log is.');
  const stackName = `signals-facade-${stage}`;
  const lambda = new LambdaClient({ region });
  const found: Found[] = [];
  for (const alias of await findAliases(new CloudFormationClient({ region }), stackName))
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
