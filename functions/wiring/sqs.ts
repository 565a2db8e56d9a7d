/** The clients of SQS. Those for the facade's own queues: one for each profile of time-outs. No other file makes a client. */
import { SQSClient } from '@aws-sdk/client-sqs';
import { carryTrace } from '../../shared/queues/adapters/sqs-trace.ts';
import { currentTrace } from '../edge/trace.ts';
import type { House } from '../house.ts';
import { clientSettings, type Patience, type Profile, profiles } from './time-outs.ts';

/**
 * A client that always calls SQS of its region, whatever host the URL of a queue names. It adds no trace: each message of a subscriber
 * has that of its notification, and a batch holds messages of several.
 * @param region of the queues; left out = that of the function.
 */
export const createPlainSqsClient = (patience: Patience, region?: string): SQSClient =>
  new SQSClient({
    ...(region === undefined ? {} : { region }),
    ...clientSettings(patience),
    useQueueUrlAsEndpoint: false,
  });

/** A client for the facade's own queues: each message that it sends carries the trace of the work under way. */
export const createSqsClient = (patience: Patience): SQSClient =>
  carryTrace(createPlainSqsClient(patience), currentTrace);

const makeClients = () => new Map<Profile, SQSClient>();

const clientsOf = (house: House) => house.part(makeClients);

/** The client for the facade's own queues, which are in this region. */
export const sqsOf = (house: House, profile: Profile): SQSClient => {
  const clients = clientsOf(house);
  const client = clients.get(profile) ?? createSqsClient(profiles[profile]);
  clients.set(profile, client);
  return client;
};
