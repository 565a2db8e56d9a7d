/** Carries the trace with each message that a client of SQS sends, whoever sends it. */
import type { MessageSystemAttributeValue, SQSClient } from '@aws-sdk/client-sqs';
import { toTraceHeader } from '../trace.ts';

type SystemAttributes = { readonly AWSTraceHeader?: MessageSystemAttributeValue };
type Message = { readonly MessageSystemAttributes?: SystemAttributes };

/** The system attributes of a message. @param trace header or id; nothing is carried where it holds no trace. */
export const traceAttributes = (trace: string | undefined): { MessageSystemAttributes?: SystemAttributes } => {
  const header = toTraceHeader(trace);
  return header === undefined
    ? {}
    : { MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: header } } };
};

/** A message that has a trace already keeps it. */
const traced = <M extends Message>(message: M, trace: string | undefined): M =>
  message.MessageSystemAttributes?.AWSTraceHeader === undefined ? { ...message, ...traceAttributes(trace) } : message;

/**
 * Lets the client add the current trace to each message of `SendMessage` and `SendMessageBatch`.
 * @param currentTrace of the work under way: the header or the id.
 */
export const carryTrace = (client: SQSClient, currentTrace: () => string | undefined): SQSClient => {
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        const input = args.input as Message & { readonly Entries?: readonly Message[] };
        const trace = currentTrace();
        const carried: Readonly<Record<string, () => object>> = {
          SendMessageCommand: () => traced(input, trace),
          SendMessageBatchCommand: () => ({ ...input, Entries: input.Entries?.map((entry) => traced(entry, trace)) }),
        };
        const toInput = carried[commandName ?? ''];
        return next(toInput ? { ...args, input: toInput() as typeof args.input } : args);
      },
    { step: 'initialize', name: 'carryTrace' },
  );
  return client;
};
