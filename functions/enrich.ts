/** Reads documents of entities that go with events to subscriptions. */
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { EnrichmentWork } from '../shared/enrichment/entity-document.ts';
import { createSqsMessageCare } from '../shared/queues/adapters/sqs.ts';
import { enrichmentReceives } from '../shared/queues/receives.ts';
import { withFacadeEvents } from './edge/facade-events.ts';
import { queueHandler } from './edge/queue-handler.ts';
import { createHouse, once } from './house.ts';
import { enricherOf } from './wiring/enrichment.ts';
import { parseEnv } from './wiring/env.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';
import { EnrichEnv } from './wiring/notification-env.ts';
import { sqsOf } from './wiring/sqs.ts';

const house = createHouse(parseEnv(EnrichEnv));
const { env } = house;
sendFacadeEvents(house);

const { mostReceives } = enrichmentReceives;

const enrichments = once(() =>
  queueHandler(
    {
      ...{ queue: 'enrichments', body: EnrichmentWork, mostReceives },
      care: createSqsMessageCare(sqsOf(house, 'brief'), {
        queueUrl: env.ENRICHMENTS_QUEUE_URL,
        deadLetterQueueUrl: env.ENRICHMENTS_DEAD_LETTERS_URL,
      }),
    },
    (message) => enricherOf(house).enrich(message),
  ),
);

type Invocation = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

export const handler = (event: SQSEvent, invocation: Invocation): Promise<SQSBatchResponse> =>
  withFacadeEvents(invocation.awsRequestId, () => enrichments()(event, invocation));
