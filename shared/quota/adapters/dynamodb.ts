import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { atVersion } from '../../storage/conditional-write.ts';
import { packState, unpackState } from '../codec.ts';
import type { QuotaStore } from '../quota-store.ts';

/** The Date header of an answer. The SDK's result does not contain it, so a middleware keeps it. */
const dateKey = Symbol('date');
type WithDate = { [dateKey]?: number | undefined };

const dateOf = (headers: Readonly<Record<string, string>> | undefined): number | undefined => {
  const millis = Date.parse(headers?.date ?? '');
  return Number.isNaN(millis) ? undefined : millis;
};

/** Adds the Date header of each answer, refusals included, to the result or error of the SDK. */
const keepDate = (client: DynamoDBClient): void =>
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { headers?: Record<string, string> };
      Object.assign(result.output as object, { [dateKey]: dateOf(headers) });
      return result;
    },
    // Outside the SDK's own deserializer, which also runs in this step.
    { step: 'deserialize', priority: 'high', name: 'keepDate', override: true },
  );

const dateOfError = (error: ConditionalCheckFailedException): number | undefined =>
  dateOf((error.$response as { headers?: Record<string, string> } | undefined)?.headers);

/**
 * @param client not shared with other stores. The governor does the retries, so the SDK must not (`maxAttempts: 1`). An answer that
 * takes longer than a lease is useless, so requests need a time-out of about a second.
 * @param name which upstream's budget, such as `signals`.
 */
export const createDynamoQuotaStore = (client: DynamoDBClient, tableName: string, name: string): QuotaStore => {
  keepDate(client);
  const document = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const key = { pk: `QUOTA#${name}`, sk: 'STATE' };
  return {
    async read() {
      const answer = await document.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
      const { Item } = answer;
      return {
        value: Item && { state: unpackState({ ledger: Item.ledger, rest: Item.rest }), version: Item.version },
        dateMillis: (answer as WithDate)[dateKey],
      };
    },
    async replace(state, expected) {
      const put = new PutCommand({
        TableName: tableName,
        Item: { ...key, version: expected + 1, ...packState(state) },
        ...atVersion(expected),
      });
      try {
        const answer = await document.send(put);
        return { value: true, dateMillis: (answer as WithDate)[dateKey] };
      } catch (error) {
        // After a retry inside the SDK, the version may have moved on because the first try was carried out.
        const isFirst = (error as { $metadata?: { attempts?: number } }).$metadata?.attempts === 1;
        if (error instanceof ConditionalCheckFailedException && isFirst)
          return { value: false, dateMillis: dateOfError(error) };
        throw error;
      }
    },
  };
};
