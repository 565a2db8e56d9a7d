import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { requestHandler } from './time-outs.ts';

/**
 * The document client of every table. Numbers stay numbers; undefined members are left out. Answers take milliseconds: a
 * store that hangs fails calls instead of holding them. Lists come in pages of 1 MB at most, each an answer of its own.
 */
export const createDocumentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler: requestHandler(3_000, 1_000) }), {
    marshallOptions: { removeUndefinedValues: true },
  });
