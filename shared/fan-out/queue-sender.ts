/** Port: sends messages to the queues of subscribers. */

export type OutgoingMessage = {
  readonly body: string;
  /** Message group: of FIFO queues always, of standard queues made for one subscription too (fair queues). */
  readonly group?: string | undefined;
  /** FIFO queues only. */
  readonly deduplicationId?: string | undefined;
  /** Of dead letters: why the message was given up. A message attribute, `deadLetterReason`. */
  readonly reason?: string | undefined;
  /** The trace that goes with the message. */
  readonly traceId?: string | undefined;
};

export type SendResult =
  | { readonly kind: 'sent'; readonly messageId: string }
  /** The queue, its account or SQS is at fault: the same message may pass later. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** This message is at fault: it will not pass, others may. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** No answer came: it may have been sent. */
  | { readonly kind: 'unknown'; readonly reason: string };

export interface QueueSender {
  /** Sends in batches, at most ten messages and 1 MiB each, and on FIFO queues one message per group in a batch. One result per message, in their order. Never rejects. */
  send(queueArn: string, messages: readonly OutgoingMessage[]): Promise<readonly SendResult[]>;
}
