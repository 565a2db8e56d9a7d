/** Documents of entities that go with events. */
import { mayCall } from '../../shared/consumers/consumer.ts';
import { mustBePerson } from '../../shared/credentials/choose.ts';
import { createDynamoEntityDocuments } from '../../shared/enrichment/adapters/dynamodb.ts';
import { createSqsEnrichments } from '../../shared/enrichment/adapters/sqs-enrichments.ts';
import { createEnricher, type Enricher } from '../../shared/enrichment/enricher.ts';
import { createEnrichment, type EnrichmentOfEvents } from '../../shared/enrichment/enrichment.ts';
import { backgroundProfile } from '../../shared/exchange/quota-profile.ts';
import { createSqsIngress } from '../../shared/notifications/adapters/sqs-ingress.ts';
import { systemClock } from '../../shared/time/clock.ts';
import type { House } from '../house.ts';
import { findConsumerIn } from './consumers.ts';
import { serviceKeysOf } from './credentials.ts';
import { dynamoOf } from './dynamo.ts';
import type { DispatcherEnv, EnrichEnv, NotificationsTableEnv } from './notification-env.ts';
import { sqsOf } from './sqs.ts';
import { callAs, upstreamOf } from './upstream.ts';

const pathOf = (entity: string): string => `/entities/${encodeURIComponent(entity.toWellFormed())}`;

const makeDocuments = (house: House<NotificationsTableEnv>) =>
  createDynamoEntityDocuments(dynamoOf(house), house.env.NOTIFICATIONS_TABLE);
const documentsOf = (house: House<NotificationsTableEnv>) => house.part(makeDocuments);

const makeEnrichment = (house: House<DispatcherEnv>): EnrichmentOfEvents => {
  const reading = upstreamOf(house).catalogue.match('GET', pathOf('experiment:1'));
  const findConsumer = findConsumerIn(house);
  return createEnrichment({
    documents: documentsOf(house),
    queue: createSqsEnrichments(sqsOf(house, 'brief'), house.env.ENRICHMENTS_QUEUE_URL),
    // A document is read as the service account: only a consumer that acts as it itself may have it.
    mayShow: async ({ consumerId, incarnation }) => {
      const consumer = await findConsumer(consumerId);
      if (!consumer || (consumer.incarnation ?? '') !== incarnation) return false;
      return mayCall(consumer, reading.operation) && !mustBePerson({ ...reading, consumer });
    },
    clock: systemClock,
  });
};
export const enrichmentOf = (house: House<DispatcherEnv>) => house.part(makeEnrichment);

const makeEnricher = (house: House<EnrichEnv>): Enricher => {
  const caller = callAs(house, 'enrichment', backgroundProfile, serviceKeysOf(house));
  return createEnricher({
    documents: documentsOf(house),
    readEntity: (entity) => caller.read(pathOf(entity)),
    ingress: createSqsIngress(sqsOf(house, 'brief'), house.env.INGRESS_QUEUE_URL),
    clock: systemClock,
  });
};
export const enricherOf = (house: House<EnrichEnv>) => house.part(makeEnricher);
