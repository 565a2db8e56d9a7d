/** The audit log of commands: one entry before a change, and one with its outcome. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDynamoAuditLog } from '../../shared/audit/adapters/dynamodb.ts';
import { createAudit } from '../../shared/audit/audit.ts';
import type { Change, Facts } from '../../shared/audit/changes.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { callerIdentity } from './caller-identity.ts';

/** The caller in entries of commands. It is not a consumer, so its kind is `operator`. */
const operator = { consumer: { id: 'operator' } };

export type AuditSettings = {
  readonly table: string;
  readonly retentionDays: number;
  /** `refuse` commands that cannot be recorded, or `admit` them. */
  readonly whenStoreFails: 'refuse' | 'admit';
};

type Command = { readonly name: string; readonly target: string; readonly asked: Facts };

/** Notes a change at once, so that the entry tells of it although the command fails later. */
type Note = (change: Change) => void;

/** Runs a command and records it. What it notes and its result become the changes of the entry. */
export type Recorded = (command: Command, run: (note: Note) => Promise<readonly Change[]>) => Promise<void>;

const twinActor = 'the twin';

/** The owner of the shell's credentials. */
const identityOf = async ({ config }: DynamoDBClient): Promise<string> => {
  const { AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL } = process.env;
  const [credentials, region] = await Promise.all([config.credentials(), config.region()]);
  return callerIdentity({ credentials, region }, AWS_ENDPOINT_URL_STS ?? AWS_ENDPOINT_URL);
};

const printLost = (record: unknown): void =>
  console.error(`This was not kept in the audit log: ${JSON.stringify(record)}`);

/** @param isTwin true for the log of the twin, where operators have no identity and tests remove the log. */
export const createRecording = (
  client: DynamoDBClient,
  { table, retentionDays, whenStoreFails }: AuditSettings,
  isTwin = false,
): Recorded => {
  let actor: Promise<string> | undefined;
  const findActor = (): Promise<string> => {
    actor ??= isTwin ? Promise.resolve(twinActor) : identityOf(client);
    return actor;
  };
  const dynamo = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const audit = createAudit({
    log: createDynamoAuditLog(dynamo, table, Date.now),
    clock: systemClock,
    newId: randomUUID,
    retentionDays,
    whenStoreFails,
    onLost: isTwin ? () => {} : printLost,
    pause: sleep,
  });
  return async ({ name, target, asked }, run) => {
    const made: Change[] = [];
    const act = { caller: operator, requestId: randomUUID(), act: `operator.${name}`, target, asked };
    await audit.around({ ...act, actor: await findActor(), changes: () => made }, async () => {
      made.push(...(await run((change) => void made.push(change))));
    });
  };
};

/** Records nothing. */
export const notRecorded: Recorded = async (_command, run) => void (await run(() => {}));
