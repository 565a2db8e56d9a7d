import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { requestHandler } from './time-outs.ts';

type Patience = {
  /** Tries in all, the first included; left out = the SDK's three. */
  readonly maxAttempts?: number;
  readonly requestMillis: number;
  readonly connectionMillis: number;
};

const usualPatience: Patience = { requestMillis: 3_000, connectionMillis: 1_000 };

/**
 * The document client of every table. Numbers stay numbers; undefined members are left out. Answers take milliseconds: a
 * store that hangs fails calls instead of holding them. Lists come in pages of 1 MB at most, each an answer of its own.
 */
export const createDocumentClient = ({
  requestMillis,
  connectionMillis,
  ...rest
}: Patience = usualPatience): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({ ...rest, requestHandler: requestHandler(requestMillis, connectionMillis) }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
