/**
 * What AWS asks for a million, in US dollars, us-east-1, as published in the middle of 2026 (pages of SQS, SNS, EventBridge, DynamoDB, Lambda
 * and API Gateway). Requests of the subscribers themselves cost the same whoever sends.
 */
export const prices = {
  writeUnit: 0.625,
  readUnit: 0.125,
  standardRequest: 0.4,
  fifoRequest: 0.5,
  /** Of a standard queue, for messages with a group. */
  fairSurcharge: 0.1,
  lambdaRequest: 0.2,
  restRequest: 3.5,
  /** To SNS, which delivers to SQS for nothing. */
  snsPublish: 0.5,
  eventBridgeEvent: 1,
} as const;
