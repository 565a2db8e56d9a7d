import { randomBytes } from 'node:crypto';

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** A trace header as AWS makes one for an invocation that belongs to no trace yet (X-Ray developer guide, tracing header). */
export const newTraceHeader = (nowMillis: number): string =>
  `Root=1-${Math.floor(nowMillis / 1000).toString(16)}-${hex(12)};Parent=${hex(8)};Sampled=0`;
