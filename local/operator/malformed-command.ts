/** `malformed`: lists input that was no notification, or writes one to standard output. It changes nothing, so nothing is recorded. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDynamoLedger } from '../../shared/notifications/adapters/dynamodb-ledger.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { findStage } from './find-stage.ts';
import { listMalformedInput, readMalformedInput } from './malformed.ts';
import { UsageError } from './usage-error.ts';

const mostListed = 1_000;

/** @param id of the input to show; undefined = the list. */
export const malformedCommand = async (stage: string, region: string, id: string | undefined): Promise<void> => {
  const { notificationsTable } = await findStage(stage, region);
  if (!notificationsTable) throw new UsageError('The stage was deployed by a version without notifications.');
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region }));
  const ledger = createDynamoLedger(client, notificationsTable, systemClock);
  if (id !== undefined) return void process.stdout.write(await readMalformedInput(ledger, id));
  const lines = await listMalformedInput(ledger, systemClock.nowMillis(), mostListed);
  for (const line of lines) console.log(line);
  console.log(lines.length < mostListed ? `${lines.length} kept` : `the newest ${lines.length}`);
};
