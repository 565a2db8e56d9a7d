/** The clients of DynamoDB, one for each profile of time-outs. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { House } from '../house.ts';
import { clientSettings, type Profile, patienceOf, profiles } from './time-outs.ts';

const makeClients = () => new Map<Profile, DynamoDBDocumentClient>();

const clientsOf = (house: House) => house.part(makeClients);

/** The document client of tables: numbers stay numbers, undefined members are left out. */
export const dynamoOf = (house: House, profile: Profile = 'usual'): DynamoDBDocumentClient => {
  const clients = clientsOf(house);
  const client =
    clients.get(profile) ??
    DynamoDBDocumentClient.from(new DynamoDBClient(clientSettings(profiles[profile], patienceOf(house))), {
      marshallOptions: { removeUndefinedValues: true },
    });
  clients.set(profile, client);
  return client;
};
