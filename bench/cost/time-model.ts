/**
 * How long an invocation is billed. The twin's own times say nothing about Lambda, so the time is made of counts: each request of the
 * function to AWS and to the tenant, one after the other, which is the most that it can take.
 */
const assumed = {
  /** Work of the function itself, beside its requests. */
  ownMillis: 4,
  /** A request to DynamoDB in the same region, and what the SDK does for it. */
  storeMillis: 5,
  /** A request to SQS, S3 or KMS. */
  otherMillis: 15,
  /** The tenant, to the last byte. */
  tenantMillis: 150,
} as const;

type Counted = {
  readonly invocations: number;
  readonly storeRequests: number;
  readonly otherRequests: number;
  readonly tenantCalls: number;
};

export const billedMillis = ({ invocations, storeRequests, otherRequests, tenantCalls }: Counted): number =>
  invocations * assumed.ownMillis +
  storeRequests * assumed.storeMillis +
  otherRequests * assumed.otherMillis +
  tenantCalls * assumed.tenantMillis;
