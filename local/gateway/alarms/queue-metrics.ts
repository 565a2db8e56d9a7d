/** Metrics of AWS/SQS for the queues that alarms watch, looked up once a minute. */
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Stack } from '../template/stack.ts';
import type { WatchedMetric } from './definitions.ts';
import type { Sample } from './metric-store.ts';

const namespace = 'AWS/SQS';

export type QueueWatchOptions = {
  readonly stack: Stack;
  readonly client: Pick<SQSClient, 'send'>;
  readonly watched: readonly WatchedMetric[];
  readonly add: (sample: Sample) => void;
  nowMillis(): number;
};

export const createQueueWatch = ({ stack, client, watched, add, nowMillis }: QueueWatchOptions) => {
  const names = watched.flatMap(({ metric }) => (metric.namespace === namespace ? [metric.dimensions.QueueName] : []));
  const wanted = new Set(names);
  const urls = new Map(
    stack.ofType('AWS::SQS::Queue').flatMap((id) => {
      const { ref, attributes } = stack.reference(id);
      return wanted.has(attributes.QueueName) ? [[attributes.QueueName ?? '', ref] as const] : [];
    }),
  );
  /** By queue: since when it was never seen empty. SQS shows no ages outside of CloudWatch, so this stands for the oldest message. */
  const filledSinceMillis = new Map<string, number>();

  const lookAt = async (name: string, QueueUrl: string): Promise<void> => {
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    const atMillis = nowMillis();
    const visible = Number(Attributes.ApproximateNumberOfMessages ?? 0);
    const all = visible + Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0);
    if (all === 0) filledSinceMillis.delete(name);
    else filledSinceMillis.set(name, filledSinceMillis.get(name) ?? atMillis);
    const ageSeconds = (atMillis - (filledSinceMillis.get(name) ?? atMillis)) / 1_000;
    const common = { namespace, dimensions: { QueueName: name }, atMillis };
    add({ ...common, name: 'ApproximateNumberOfMessagesVisible', value: visible });
    add({ ...common, name: 'ApproximateAgeOfOldestMessage', value: ageSeconds });
  };

  return {
    /** @throws what SQS throws. */
    async look(): Promise<void> {
      await Promise.all([...urls].map(([name, url]) => lookAt(name, url)));
    },
  };
};
