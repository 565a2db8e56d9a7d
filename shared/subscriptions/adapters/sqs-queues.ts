/** Makes, removes and fills queues by SQS's own calls. */
import { randomUUID } from 'node:crypto';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  paginateListQueues,
  QueueDoesNotExist,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { AppError } from '../../errors/app-error.ts';
import { namingFailures } from '../../errors/store-failure.ts';
import { type Home, isFifo, madePrefix, madeQueueName, type QueueArn, readQueueArn, toQueueArn } from '../queue-arn.ts';
import { queuePolicy } from '../queue-policy.ts';
import { QueueRefusal, type SubscriptionQueues, type WantedQueue } from '../queues.ts';

const day = 86_400;
/** A dead letter of a standard queue keeps the age that it had, so its queue keeps longer (developer guide, dead-letter queues). */
const retentionSeconds = 4 * day;
const deadLetterRetentionSeconds = 14 * day;
/** Below five, a message that met throttling may become a dead letter without having been tried. */
const maxReceiveCount = 5;

const common = { SqsManagedSseEnabled: 'true', ReceiveMessageWaitTimeSeconds: '20', MaximumMessageSize: '1048576' };
/** Without these two, a FIFO queue takes 300 calls a second in all (developer guide, high throughput). */
const fifo = { FifoQueue: 'true', DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' };

/** What SQS answers where a policy, a key or a queue is at fault, in words that help its owner. */
const reasons: Readonly<Record<string, string>> = {
  AccessDenied:
    'its policy does not let the facade send; allow sqs:SendMessage to the role of the facade, and wait a minute',
  AccessDeniedException:
    'its policy does not let the facade send; allow sqs:SendMessage to the role of the facade, and wait a minute',
  QueueDoesNotExist: 'there is no such queue',
  KmsAccessDenied:
    'its KMS key does not let the facade send; allow kms:GenerateDataKey and kms:Decrypt to the role of the facade',
  KmsDisabled: 'its KMS key is disabled',
};

const reasonOf = (error: unknown): string => {
  const name = error instanceof Error ? error.name : 'unknown';
  return reasons[name] ?? `SQS answered ${name}`;
};

/** SQS takes no policy that names a role or an account that is not there (API reference, CreateQueue). No repetition mends that. */
const toReaderFault = (error: unknown, reader: string | undefined): unknown => {
  const isOfPolicy = error instanceof Error && error.name === 'InvalidAttributeValue' && reader !== undefined;
  if (!isOfPolicy) return error;
  const pointer = '/data/attributes/queue/reader';
  const detail = `${pointer}: SQS does not know this principal. Name an account or a role that exists.`;
  return new AppError('REQUEST_INVALID', { detail, source: { pointer }, cause: error });
};

export type SqsQueuesOptions = {
  readonly home: Home;
  /** ARN of the role that sends. */
  readonly sender: string;
  /** ARN of the role that sends test events. */
  readonly tester: string;
  /** A client for a region, without `useQueueUrlAsEndpoint`. */
  readonly clientFor: (region: string) => Pick<SQSClient, 'send'>;
  /** `https://sqs.<region>.amazonaws.com`, without a trailing slash; in the twin its own. */
  readonly endpointOf: (arn: QueueArn) => string;
};

/** Removes queues that were made for subscriptions, by their names: no other queue is ever named. */
export const createMadeQueueRemover = ({
  home,
  clientFor,
  endpointOf,
}: Pick<SqsQueuesOptions, 'home' | 'clientFor' | 'endpointOf'>): Pick<SubscriptionQueues, 'remove'> => {
  const removeNamed = async (name: string): Promise<void> => {
    const { partition, region, account } = home;
    const QueueUrl = `${endpointOf({ partition, region, account, name })}/${account}/${name}`;
    try {
      await clientFor(region).send(new DeleteQueueCommand({ QueueUrl }));
    } catch (error) {
      if (!(error instanceof QueueDoesNotExist)) throw error;
    }
  };
  return namingFailures('QUEUES_UNAVAILABLE', {
    async remove(id: string, ordered: boolean) {
      await removeNamed(madeQueueName(home, id, { isFifo: ordered }));
      await removeNamed(madeQueueName(home, id, { isFifo: ordered, isDead: true }));
    },
  });
};

export const createSqsQueues = ({
  home,
  sender,
  tester,
  clientFor,
  endpointOf,
}: SqsQueuesOptions): SubscriptionQueues => {
  const client = clientFor(home.region);
  const { partition, region, account } = home;
  const arnOf = (name: string): QueueArn => ({ partition, region, account, name });
  const urlOf = (arn: QueueArn): string => `${endpointOf(arn)}/${arn.account}/${arn.name}`;

  const parse = (text: string): QueueArn => {
    const arn = readQueueArn(text);
    if (!arn) throw new QueueRefusal('it is no ARN of a queue');
    return arn;
  };

  const create = async (name: string, { reader, isFifo: ordered }: WantedQueue, isDead: boolean, rest: object) => {
    const arn = toQueueArn(arnOf(name));
    const Attributes = {
      ...common,
      ...(ordered ? fifo : {}),
      MessageRetentionPeriod: String(isDead ? deadLetterRetentionSeconds : retentionSeconds),
      Policy: JSON.stringify(queuePolicy(arn, { sender, tester, reader }, home, isDead)),
      ...rest,
    };
    await client.send(new CreateQueueCommand({ QueueName: name, Attributes })).catch((error: unknown) => {
      throw toReaderFault(error, reader);
    });
    return arn;
  };

  const managed = namingFailures('QUEUES_UNAVAILABLE', {
    async make(wanted: WantedQueue & { readonly isMade: boolean }) {
      const { subscriptionId: id, isFifo: ordered } = wanted;
      const name = madeQueueName(home, id, { isFifo: ordered });
      const sources = { redrivePermission: 'byQueue', sourceQueueArns: [toQueueArn(arnOf(name))] };
      const RedriveAllowPolicy = JSON.stringify(wanted.isMade ? sources : { redrivePermission: 'denyAll' });
      const deadName = madeQueueName(home, id, { isFifo: ordered, isDead: true });
      const deadLettersArn = await create(deadName, wanted, true, { RedriveAllowPolicy });
      if (!wanted.isMade) return { deadLettersArn };
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: deadLettersArn, maxReceiveCount });
      return { arn: await create(name, wanted, false, { RedrivePolicy }), deadLettersArn };
    },

    async list() {
      const names: string[] = [];
      const pages = paginateListQueues(
        { client: client as SQSClient, pageSize: 1_000 },
        { QueueNamePrefix: madePrefix(home.stage) },
      );
      for await (const { QueueUrls = [] } of pages)
        names.push(...QueueUrls.map((url) => url.split('/').at(-1) as string));
      return names.map((name) => ({ name, arn: toQueueArn(arnOf(name)) }));
    },
  });

  return {
    ...managed,
    ...createMadeQueueRemover({ home, clientFor, endpointOf }),

    async send(text, body) {
      const arn = parse(text);
      const ordered = isFifo(arn) ? { MessageGroupId: 'confirmation', MessageDeduplicationId: randomUUID() } : {};
      const command = new SendMessageCommand({ QueueUrl: urlOf(arn), MessageBody: body, ...ordered });
      await clientFor(arn.region)
        .send(command)
        .catch((error: unknown) => {
          throw new QueueRefusal(reasonOf(error), { cause: error });
        });
    },

    urlOf: (text) => urlOf(parse(text)),
  };
};
