/** Clients of SQS. */
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings, type Patience } from './time-outs.ts';

/**
 * A client that always calls SQS of its region, whatever host the URL of a queue names.
 * @param region of the queues; left out = that of the function.
 */
export const createSqsClient = (patience: Patience, region?: string): SQSClient =>
  new SQSClient({
    ...(region === undefined ? {} : { region }),
    ...clientSettings(patience),
    useQueueUrlAsEndpoint: false,
  });
