/** All AWS parts of the twin, started and stopped together. */
import { join } from 'node:path';
import { startDynamoDb } from './dynamodb.ts';
import { startKms } from './kms/server.ts';
import { type Emulator, once } from './loopback.ts';
import { type S3Options, startS3 } from './s3/server.ts';
import { startSqs } from './sqs.ts';

export type Emulators = {
  readonly endpoints: { readonly dynamodb: string; readonly sqs: string; readonly s3: string; readonly kms: string };
  /** Ends when every port and file is released; may be called more than once. */
  close(): Promise<void>;
};

/**
 * Starts DynamoDB, SQS, S3 and KMS, each on a free port of 127.0.0.1 (SQS on `sqsPort` and S3 on `s3Port` where these are given), with a folder each under `stateDir`;
 * without it nothing outlives `close`. @throws Error of the first that fails, after the others are closed again.
 */
export const startEmulators = async (
  options: {
    readonly stateDir?: string | undefined;
    readonly sqsPort?: number | undefined;
    readonly s3Port?: number | undefined;
  } & Pick<S3Options, 'credentials' | 'onObjectCreated'> = {},
): Promise<Emulators> => {
  const { stateDir, sqsPort, s3Port, ...s3Options } = options;
  const folder = (name: string) => ({ stateDir: stateDir === undefined ? undefined : join(stateDir, name) });
  const starts = [
    startDynamoDb(folder('dynamodb')),
    startSqs({ ...folder('sqs'), port: sqsPort }),
    startS3({ ...s3Options, ...folder('s3'), port: s3Port }),
    startKms(folder('kms')),
  ] as const;
  const outcomes = await Promise.allSettled(starts);
  const running = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const close = once(() => closeAll(running));
  if (running.length < starts.length) await close();
  const [dynamodb, sqs, s3, kms] = await Promise.all(starts);
  return { endpoints: { dynamodb: dynamodb.url, sqs: sqs.url, s3: s3.url, kms: kms.url }, close };
};

const closeAll = async (running: readonly Emulator[]): Promise<void> => {
  await Promise.all(running.map((emulator) => emulator.close()));
};
