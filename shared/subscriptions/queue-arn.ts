/** ARNs of SQS queues. Callers name queues by ARN only: a URL would let them choose the host that signed requests go to. */

export type QueueArn = {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** With `.fifo` at its end for a FIFO queue. */
  readonly name: string;
};

const form =
  /^arn:(aws|aws-cn|aws-us-gov):sqs:([a-z]{2}(?:-[a-z]+)+-\d):(\d{12}):([A-Za-z0-9_-]{1,80}|[A-Za-z0-9_-]{1,75}\.fifo)$/;

export const readQueueArn = (text: string): QueueArn | undefined => {
  const [, partition, region, account, name] = form.exec(text) ?? [];
  if (!partition || !region || !account || !name) return undefined;
  return { partition, region, account, name };
};

export const toQueueArn = ({ partition, region, account, name }: QueueArn): string =>
  `arn:${partition}:sqs:${region}:${account}:${name}`;

/** Where SQS answers for a queue, without a trailing slash. */
export const sqsEndpointOf = ({ partition, region }: Pick<QueueArn, 'partition' | 'region'>): string =>
  `https://sqs.${region}.${partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'}`;

export const isFifo = ({ name }: Pick<QueueArn, 'name'>): boolean => name.endsWith('.fifo');

/** The facade of one stage, as its queues name it. */
export type Home = {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly stage: string;
};

/** Every queue of every facade begins so. */
const ownPrefix = 'signals-facade-';

/** Queues that the facade makes for subscriptions have names that begin so. */
export const madePrefix = (stage: string): string => `${ownPrefix}${stage}-sub-`;

/** @param id of a subscription: `sub-` and 16 characters. */
export const madeQueueName = (
  { stage }: Home,
  id: string,
  kind: { readonly isFifo: boolean; readonly isDead?: boolean },
): string => `${ownPrefix}${stage}-${id}${kind.isDead ? '-dead' : ''}${kind.isFifo ? '.fifo' : ''}`;

const wrongForm =
  'must be the ARN of an SQS queue, such as arn:aws:sqs:eu-central-1:111122223333:my-queue, with .fifo at its end for a FIFO queue';

/**
 * What is wrong with a queue that a consumer names as its own; undefined = nothing is. Decided by the text alone: asking SQS
 * would tell a stranger which queues exist.
 */
export const faultOfOwnQueue = (text: string, home: Home): string | undefined => {
  const arn = readQueueArn(text);
  if (!arn) return wrongForm;
  if (arn.partition !== home.partition) return `must be in the partition ${home.partition}, where this facade is`;
  if (arn.account === home.account && arn.name.startsWith(ownPrefix))
    return 'must be a queue of yours: names that begin with signals-facade- are queues of the facade';
  return undefined;
};
