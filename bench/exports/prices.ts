/** What AWS asks for a million, in US dollars, us-east-1, as published in the middle of 2026 (pages of Lambda and S3), beside bench/fanout/prices.ts. */
import { prices as common } from '../fanout/prices.ts';

export const prices = {
  ...common,
  /** Gigabyte-seconds of a function. */
  gigabyteSecond: 16.6667,
  /** Operations of durable executions: a step, a wait, a start. What they write is a few hundred bytes each, and left out. */
  durableOperation: 8,
  /** PUT, POST, LIST. */
  s3Write: 5,
  /** GET, HEAD. */
  s3Read: 0.4,
} as const;
