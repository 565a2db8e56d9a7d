/**
 * When the change sweep runs. No schedule is finer than a minute, and a function that waits is billed. So the rule of each minute has two
 * targets: the function, and a queue that delays its message for half a minute and then hands it to the same function.
 */
import { Duration, Validations } from 'aws-cdk-lib';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import { consumeActions } from '../constructs/queue.ts';
import type { Stage } from '../constructs/stage.ts';

/** From the first look of a minute to the second. */
const delay = Duration.seconds(28);
/**
 * As short as SQS allows. A message that was not handled until then is gone: the next minute has begun, whose looks see the same changes. So
 * it is received once, and has no dead letters.
 */
const retention = Duration.minutes(1);
/** Lambda makes no batches of more than `atOnce` messages at a time; two are the fewest that it knows. */
const atOnce = 2;

/** Runs `sweep` each minute, and once more after `delay`. Each look stands by itself: it follows a look that failed, was killed or never began. */
export const lookTwiceAMinute = (stage: Stage, sweep: FacadeFunction): void => {
  const queue = new Queue(stage.stack, 'SecondLooks', {
    deliveryDelay: delay,
    retentionPeriod: retention,
    visibilityTimeout: retention,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
  });
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason:
      'A message is a request to look now. One that nobody took within a minute is void, because the next look has begun.',
  });
  const rule = stage.schedule('SweepSchedule', sweep, Duration.minutes(1), 'purges what changed in the tenant');
  rule.addTarget(new SqsQueue(queue, { retryAttempts: 0 }));
  sweep.allow(new PolicyStatement({ actions: consumeActions, resources: [queue.queueArn] }));
  new EventSourceMapping(sweep, 'SecondLooksSource', {
    target: sweep.function,
    eventSourceArn: queue.queueArn,
    batchSize: 1,
    maxConcurrency: atOnce,
  });
};
