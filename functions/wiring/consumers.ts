/** Who calls: the registry of consumers behind the identifier. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDynamoConsumerRegistry } from '../../shared/consumers/adapters/dynamodb.ts';
import { createIdentifier, type Identifier } from '../../shared/consumers/identify.ts';
import { systemClock } from '../../shared/time/clock.ts';

export const wireIdentifier = (consumersTable: string, dynamo: DynamoDBDocumentClient): Identifier =>
  createIdentifier(createDynamoConsumerRegistry(dynamo, consumersTable), systemClock);
