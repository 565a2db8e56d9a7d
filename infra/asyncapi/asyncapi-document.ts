/** Makes the AsyncAPI 3.0 document of what the facade sends to queues, out of the schemas of its events. */
import * as z from 'zod';
import { FacadeEvent } from '../../shared/facade-events/facade-event.ts';
import { CloudEvent, toCloudEvent } from '../../shared/notifications/cloud-event.ts';
import type { Json } from '../openapi/native-api.ts';

/** Version 0.2.0 is the one that the schemas of AsyncAPI 3.0 accept (@asyncapi/specs 6.11.1). */
const sqsBinding = (name: string, fifoQueue: boolean): Json => ({
  sqs: { queue: { name, fifoQueue }, bindingVersion: '0.2.0' },
});

/** AsyncAPI's own schema format is a superset of draft 07. */
const schemaOf = (schema: z.ZodType): Json => {
  const {
    $schema: _dialect,
    id: _id,
    ...rest
  } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }) as Record<string, unknown>;
  return rest;
};

const example = toCloudEvent(
  {
    id: '77',
    type: 'close',
    entity: 'experiment:5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10',
    createdAtMillis: Date.parse('2026-06-15T12:00:00Z'),
    receivedAtMillis: Date.parse('2026-06-15T12:00:01Z'),
    origin: 'push',
    document: {
      data: { type: 'notification', id: '77', attributes: { type: 'close', createdAt: '2026-06-15T12:00:00Z' } },
    },
  },
  { source: '/signals-facade/prod', sequence: 3 },
);

const message = (name: string, title: string, examples: readonly unknown[] = []): Json => ({
  name,
  title,
  contentType: 'application/json',
  payload: { $ref: `#/components/schemas/${name}` },
  ...(examples.length > 0 ? { examples: examples.map((payload) => ({ payload })) } : {}),
});

const reference = (...path: readonly string[]): Json => ({ $ref: `#/${path.join('/')}` });

const introduction =
  'The body of each message is one CloudEvent 1.0 as JSON. Delivery is at least once: copies have the same `id`. In FIFO queues the ' +
  'message group is the entity. `entitysequence` is the order of an entity; events with a `delivery` mark stand outside of it.';

/** Pure: equal options make an equal document. */
export const createAsyncApiDocument = ({ version }: { readonly version: string }): Json => ({
  asyncapi: '3.0.0',
  info: { title: 'Signals facade: events', version, description: introduction, license: { name: 'Apache-2.0' } },
  defaultContentType: 'application/json',
  channels: {
    subscription: {
      address: '{queueName}',
      title: 'Queue of a subscription',
      description: 'Made by the facade, or your own. `POST /v1/subscriptions` says which events are sent to it.',
      parameters: { queueName: { description: 'Name of the queue, as the subscription has it in `queueUrl`.' } },
      messages: { NotificationEvent: reference('components', 'messages', 'NotificationEvent') },
      bindings: sqsBinding('{queueName}', false),
    },
    operations: {
      address: '{operationsQueueName}',
      title: 'Operations queue of a stage',
      description: 'For operators: what happens to the facade itself.',
      parameters: { operationsQueueName: { description: 'The output `OperationsQueueUrl` of the stack has it.' } },
      messages: { FacadeEvent: reference('components', 'messages', 'FacadeEvent') },
      bindings: sqsBinding('{operationsQueueName}', false),
    },
  },
  operations: {
    sendNotification: {
      action: 'send',
      channel: reference('channels', 'subscription'),
      summary: 'An event of the tenant, or one of the facade that concerns the consumer.',
      messages: [reference('channels', 'subscription', 'messages', 'NotificationEvent')],
    },
    sendFacadeEvent: {
      action: 'send',
      channel: reference('channels', 'operations'),
      summary: "An event of the facade's own.",
      messages: [reference('channels', 'operations', 'messages', 'FacadeEvent')],
    },
  },
  components: {
    messages: {
      NotificationEvent: message('NotificationEvent', 'A notification', [example]),
      FacadeEvent: message('FacadeEvent', 'An event of the facade'),
    },
    schemas: { NotificationEvent: schemaOf(CloudEvent), FacadeEvent: schemaOf(FacadeEvent) },
  },
});
