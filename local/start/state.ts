/** The folder that outlives the twin: tables, queues, buckets, keys, the assembly and the logs. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Only what the twin itself puts there is ever removed: the folder may be anyone's. */
const ours = ['cdk.out', 'dynamodb', 'sqs', 's3', 'kms', 'key-ids.json', 'logs'];

/** Makes the folder; with `isFresh` what a former twin left in it is gone. */
export const prepareState = async (stateDir: string, isFresh: boolean): Promise<void> => {
  if (isFresh) await Promise.all(ours.map((name) => rm(join(stateDir, name), { recursive: true, force: true })));
  await mkdir(stateDir, { recursive: true });
};
