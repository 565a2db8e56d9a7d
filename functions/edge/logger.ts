import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { currentTraceId } from './trace.ts';

/**
 * The lines of Powertools' own formatter, but for the trace: `xray_trace_id` there is that of the invocation, and a batch of messages is
 * one invocation for the traces of many.
 */
class TracedFormatter extends LogFormatter {
  formatAttributes(
    { logLevel, message, timestamp, serviceName }: UnformattedAttributes,
    added: LogAttributes,
  ): LogItem {
    // `service` is reserved: a caller cannot leave it out by itself.
    const isShort = added.traceId === null;
    const attributes = {
      ...{ level: logLevel, message, timestamp: this.formatTimestamp(timestamp) },
      ...(isShort ? {} : { service: serviceName, traceId: currentTraceId() }),
    };
    return new LogItem({ attributes }).addAttributes(added);
  }
}

/** The log of this function: JSON lines without secrets, each with the trace that it belongs to as `traceId`. */
export const logger = new Logger({ logFormatter: new TracedFormatter() });
