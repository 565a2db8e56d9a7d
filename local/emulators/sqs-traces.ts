/**
 * What fauxqs leaves out: the system attribute `AWSTraceHeader` of messages (SQS API reference, SendMessage). Traces are kept in memory: a
 * message that outlives a restart of the twin has lost its trace.
 */
import { setImmediate } from 'node:timers/promises';
import type { buildApp } from 'fauxqs';
import * as z from 'zod';

type App = ReturnType<typeof buildApp>;

/** So many messages keep their trace; the oldest ones lose it first. */
const mostTraces = 50_000;

const Message = z.object({
  MessageSystemAttributes: z.object({ AWSTraceHeader: z.object({ StringValue: z.string() }).optional() }).optional(),
});
const traceOf = (message: unknown): string | undefined =>
  Message.safeParse(message).data?.MessageSystemAttributes?.AWSTraceHeader?.StringValue;

const Batch = z.object({ Entries: z.array(z.looseObject({ Id: z.string() })) });
const Sent = z.object({ MessageId: z.string() });
const SentBatch = z.object({ Successful: z.array(z.object({ Id: z.string(), MessageId: z.string() })) });
const Names = z.object({ MessageSystemAttributeNames: z.array(z.string()) });
type Received = { readonly Messages?: { MessageId: string; Attributes?: Record<string, string> }[] };

const createTraces = () => {
  const traces = new Map<string, string>();
  const note = (messageId: string | undefined, trace: string | undefined): void => {
    // The first sender of a message that SQS recognises as a copy has given it its trace.
    if (messageId === undefined || trace === undefined || traces.has(messageId)) return;
    traces.set(messageId, trace);
    if (traces.size > mostTraces) traces.delete(traces.keys().next().value as string);
  };
  return {
    sent: (body: unknown, answer: unknown): void => note(Sent.safeParse(answer).data?.MessageId, traceOf(body)),
    sentBatch(body: unknown, answer: unknown): void {
      const entries = new Map(Batch.safeParse(body).data?.Entries.map((entry) => [entry.Id, entry]));
      for (const { Id, MessageId } of SentBatch.safeParse(answer).data?.Successful ?? [])
        note(MessageId, traceOf(entries.get(Id)));
    },
    async received(body: unknown, answer: unknown): Promise<void> {
      const names = Names.safeParse(body).data?.MessageSystemAttributeNames ?? [];
      if (!names.includes('All') && !names.includes('AWSTraceHeader')) return;
      // A receiver that waited may come before the answer to the sender.
      await setImmediate();
      for (const message of (answer as Received).Messages ?? []) {
        const trace = traces.get(message.MessageId);
        if (trace !== undefined) message.Attributes = { ...message.Attributes, AWSTraceHeader: trace };
      }
    },
  };
};

/** Before the app listens. */
export const keepTraces = (app: App): void => {
  const { sent, sentBatch, received } = createTraces();
  const actions: Readonly<Record<string, (body: unknown, answer: unknown) => void | Promise<void>>> = {
    ...{ 'AmazonSQS.SendMessage': sent, 'AmazonSQS.SendMessageBatch': sentBatch },
    'AmazonSQS.ReceiveMessage': received,
  };
  app.addHook('preSerialization', async (request, _reply, answer) => {
    await actions[String(request.headers['x-amz-target'])]?.(request.body, answer);
    return answer;
  });
};
