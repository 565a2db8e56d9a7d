import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { namingFailures } from '../../errors/store-failure.ts';
import { queryAll } from '../../storage/adapters/dynamodb-queries.ts';
import { conditionHeld } from '../../storage/conditional-write.ts';
import { type HealthStore, healthStates } from '../health-store.ts';

const outcomesPartition = 'HEALTH#UPSTREAM';
const statesKey = { pk: 'HEALTH', sk: 'STATES' };
const keptSeconds = 3_600;
/** Periods sort by their text. */
const sortKeyOf = (millis: number): string => String(Math.max(0, millis)).padStart(13, '0');

const States = z.record(z.string(), z.object({ state: z.enum(healthStates), sinceMillis: z.number() }));

export const createDynamoHealthStore = (client: DynamoDBDocumentClient, tableName: string): HealthStore =>
  namingFailures('REQUESTS_UNAVAILABLE', {
    async addOutcomes(start, { answered, failed }) {
      const update = new UpdateCommand({
        TableName: tableName,
        Key: { pk: outcomesPartition, sk: sortKeyOf(start) },
        UpdateExpression: 'ADD answered :answered, failed :failed SET deleteAtSeconds = :end',
        ExpressionAttributeValues: {
          ':answered': answered,
          ':failed': failed,
          ':end': Math.ceil(start / 1_000) + keptSeconds,
        },
      });
      await client.send(update);
    },
    async outcomesSince(millis) {
      const items = await queryAll(client, {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND sk >= :since',
        ExpressionAttributeValues: { ':pk': outcomesPartition, ':since': sortKeyOf(millis) },
        ConsistentRead: true,
      });
      const total = (name: string): number => items.reduce((sum, item) => sum + Number(item[name] ?? 0), 0);
      return { answered: total('answered'), failed: total('failed') };
    },
    async readStates() {
      const { Item } = await client.send(
        new GetCommand({ TableName: tableName, Key: statesKey, ConsistentRead: true }),
      );
      return Item ? States.parse(Item.states) : {};
    },
    async writeStates(states, checkedAtMillis) {
      const put = new PutCommand({
        TableName: tableName,
        Item: { ...statesKey, states, checkedAtMillis },
        ConditionExpression: 'attribute_not_exists(pk) OR checkedAtMillis <= :at',
        ExpressionAttributeValues: { ':at': checkedAtMillis },
      });
      await conditionHeld(client.send(put));
    },
  });
