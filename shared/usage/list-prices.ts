/**
 * What AWS asks, in US dollars: the one table of prices, for `/v1/usage`, the metric of cost and the benches. They come from memory of the
 * public price list. Your bill, and the pages of each service, say what is true for your region and contract.
 */

export const priceList = { region: 'us-east-1', asOf: '2026-11', source: 'from memory of the public list' } as const;

/** For a million. */
export const perMillion = {
  /** API Gateway, REST, of the first 333 million in a month. */
  restRequest: 3.5,
  /** AWS WAF. */
  firewallRequest: 0.6,
  lambdaRequest: 0.2,
  /** Gigabyte-seconds of a function on Arm. */
  gigabyteSecond: 13.3334,
  /** A step, a wait or a start of a durable execution. */
  durableOperation: 8,
  /** DynamoDB on demand. A read unit is 4 KB read with strong consistency, a write unit 1 KB. */
  readUnit: 0.125,
  writeUnit: 0.625,
  /** SQS. */
  standardRequest: 0.4,
  fifoRequest: 0.5,
  /** Of a standard queue, for messages with a group. */
  fairSurcharge: 0.1,
  /** PUT, POST, LIST of S3. */
  s3Write: 5,
  /** GET, HEAD. */
  s3Read: 0.4,
  kmsRequest: 3,
  /** X-Ray, for each trace that is recorded. */
  trace: 5,
  /** To SNS, which delivers to SQS for nothing. For comparison. */
  snsPublish: 0.5,
  /** For comparison. */
  eventBridgeEvent: 1,
} as const;

/** For a gigabyte. */
export const perGigabyte = {
  /** Taken in by CloudWatch Logs, standard class. */
  logs: 0.5,
  /** Sent to the internet, of the first 10 TB in a month. */
  internet: 0.09,
} as const;

/** For a month. */
export const perMonth = {
  /** An alarm, for each metric in it. */
  alarmMetric: 0.1,
  compositeAlarm: 0.5,
  /** Of the first 10,000. */
  customMetric: 0.3,
  dashboard: 3,
  kmsKey: 1,
  /** Of Secrets Manager. */
  secret: 0.4,
  webAcl: 5,
  webAclRule: 1,
  /** A gigabyte kept by DynamoDB, with recovery to any point in time. */
  tableGigabyte: 0.25 + 0.2,
  /** A gigabyte kept by S3, standard class. */
  bucketGigabyte: 0.023,
  /** A gigabyte kept by CloudWatch Logs, which compresses it to about a sixth. */
  logGigabyte: 0.03,
} as const;
