/**
 * Sends the facade's events in parallel with the work that raises them. Nothing waits for it, and its failures reach no
 * caller.
 */
import { endsWithin, withinMillis } from '../time/within.ts';
import { type Circumstances, type FacadeEventFacts, type RaisedEvent, toFacadeEvent } from './facade-event.ts';

/** One event that was not accepted, by its id. The reason is for the log. */
export type RefusedEvent = { readonly id: string; readonly reason: string };

/** The most events that `EventSink.send` takes at a time. */
const mostEventsPerSend = 10;

/** Port. Keeps each accepted event until a reader has read it. An event that is sent twice may be there twice. */
export interface EventSink {
  /** @returns the events that were not accepted; all others were. @throws if it is not known of any. */
  send(events: readonly RaisedEvent[]): Promise<readonly RefusedEvent[]>;
}

export type PublisherOptions = {
  readonly sink: EventSink;
  readonly source: string;
  readonly nowMillis: () => number;
  readonly newId: () => string;
  /** The trace of the running invocation. */
  readonly traceId?: () => string | undefined;
  /** Called with each event that was sent. It must not throw. */
  readonly onSent?: (event: RaisedEvent) => void;
  /** Called with each event that was not sent, or may not have been. It must not throw. */
  readonly onLost: (event: RaisedEvent, reason: string) => void;
  /** How long one send may take. */
  readonly mostSendMillis?: number;
  /** How long `settle` waits. */
  readonly mostSettleMillis?: number;
};

/** Most events that wait for their send; more are lost. */
const mostWaiting = 100;
/** Ids of events that this instance has raised, so that a repeated one costs nothing. */
const mostRemembered = 500;

export const createPublisher = ({
  sink,
  source,
  nowMillis,
  newId,
  traceId = () => undefined,
  onSent = () => {},
  onLost,
  mostSendMillis = 2_000,
  mostSettleMillis = 5_000,
}: PublisherOptions) => {
  const waiting: RaisedEvent[] = [];
  const raisedIds = new Set<string>();
  let running: Promise<void> | undefined;
  let requestId: string | undefined;

  const lose = (event: RaisedEvent, reason: string): void => {
    // The next one like it is sent.
    raisedIds.delete(event.id);
    onLost(event, reason);
  };

  const loseWaiting = (reason: string): void => {
    for (const event of waiting.splice(0)) lose(event, reason);
  };

  const sendBatch = async (batch: readonly RaisedEvent[]): Promise<void> => {
    try {
      const refused = new Map(
        (await withinMillis(sink.send(batch), mostSendMillis)).map(({ id, reason }) => [id, reason]),
      );
      for (const event of batch) {
        const reason = refused.get(event.id);
        if (reason === undefined) onSent(event);
        else lose(event, reason);
      }
    } catch (error) {
      for (const event of batch) lose(event, (error as Error).message);
    }
  };

  const sendWaiting = async (): Promise<void> => {
    // Events that are raised together are sent in one batch.
    await Promise.resolve();
    while (waiting.length > 0) await sendBatch(waiting.splice(0, mostEventsPerSend));
    running = undefined;
  };

  const remember = (id: string): void => {
    if (raisedIds.size >= mostRemembered) raisedIds.delete(raisedIds.values().next().value as string);
    raisedIds.add(id);
  };

  const add = (event: RaisedEvent): void => {
    if (raisedIds.has(event.id)) return;
    remember(event.id);
    if (waiting.length < mostWaiting) waiting.push(event);
    else lose(event, 'too many events wait');
    running ??= sendWaiting();
  };

  return {
    /** Sets the request to which later events belong. An instance handles one request at a time. */
    during(id: string | undefined): void {
      requestId = id;
    },
    /** Starts to send an event, and returns at once. Never throws. */
    raise(facts: FacadeEventFacts): void {
      const circumstances: Circumstances = { source, nowMillis: nowMillis(), newId, requestId, traceId: traceId() };
      add(toFacadeEvent(facts, circumstances));
    },
    /**
     * Resolves when every event has been sent or lost, after `mostSettleMillis` at the latest: a function is frozen then,
     * so events that still wait are lost. Never rejects.
     */
    async settle(): Promise<void> {
      if (running && !(await endsWithin(running, mostSettleMillis))) loseWaiting('there was no time left');
    },
  };
};
export type Publisher = ReturnType<typeof createPublisher>;
