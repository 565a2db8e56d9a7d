/** Events of an execution's history (Lambda API, Event). Which update gives which event is as in AWS's local checkpoint server. */
import type { Operation } from './operation.ts';
import type { ErrorObject, JournalRecord, OperationUpdate, Started } from './records.ts';

export type HistoryEvent = {
  readonly EventType: string;
  readonly EventId: number;
  readonly EventTimestamp: number;
  readonly Id?: string | undefined;
  readonly Name?: string | undefined;
  readonly SubType?: string | undefined;
  readonly ParentId?: string | undefined;
} & Readonly<Record<`${string}Details`, object>>;
export type NewEvent = Omit<HistoryEvent, 'EventId'>;

const payload = (Payload: string | undefined) => ({ Payload });
const failure = (Payload: ErrorObject | undefined) => ({ Payload });

const made = (EventType: string, at: number, details: object, operation?: Partial<Operation>): NewEvent => ({
  EventType,
  EventTimestamp: at,
  ...(operation
    ? { Id: operation.Id, Name: operation.Name, SubType: operation.SubType, ParentId: operation.ParentId }
    : {}),
  [`${EventType}Details`]: details,
});

const stepDetails = (update: OperationUpdate, after: Operation): object => ({
  ...(update.Action === 'FAIL' || update.Error
    ? { Error: failure(update.Error) }
    : { Result: payload(update.Payload) }),
  RetryDetails: {
    NextAttemptDelaySeconds: update.StepOptions?.NextAttemptDelaySeconds,
    CurrentAttempt: after.StepDetails?.Attempt,
  },
});

const endings = { SUCCEED: 'Succeeded', FAIL: 'Failed' } as const;

/** The event of one update. @param after the operation that it made. */
export const eventOfUpdate = (update: OperationUpdate, after: Operation, at: number): NewEvent => {
  const { Type, Action } = update;
  if (Type === 'WAIT') {
    const Duration = update.WaitOptions?.WaitSeconds;
    if (Action === 'CANCEL') return made('WaitCancelled', at, { Duration }, after);
    return made('WaitStarted', at, { Duration, ...after.WaitDetails }, after);
  }
  const noun = Type === 'STEP' ? 'Step' : 'Context';
  if (Action === 'START') return made(`${noun}Started`, at, {}, after);
  // A retry after a fault is a failed try; one without (a poll) is a try that succeeded.
  const ending = Action === 'RETRY' ? (update.Error ? 'Failed' : 'Succeeded') : endings[Action as 'SUCCEED' | 'FAIL'];
  const details =
    Type === 'STEP'
      ? stepDetails(update, after)
      : Action === 'FAIL'
        ? { Error: failure(update.Error) }
        : { Result: payload(update.Payload) };
  return made(`${noun}${ending}`, at, details, after);
};

export const startEvent = ({ at, id, payload: text, timeoutSeconds }: Started): NewEvent =>
  made('ExecutionStarted', at, { Input: payload(text), ExecutionTimeout: timeoutSeconds }, { Id: id });

export const waitDoneEvent = (wait: Operation, at: number): NewEvent => {
  const Duration = ((wait.WaitDetails?.ScheduledEndTimestamp ?? at) - wait.StartTimestamp) / 1000;
  return made('WaitSucceeded', at, { Duration }, wait);
};

type Ended = Extract<JournalRecord, { kind: 'ended' }>;
const endNames = { SUCCEEDED: 'Succeeded', FAILED: 'Failed', TIMED_OUT: 'TimedOut', STOPPED: 'Stopped' } as const;

export const endEvent = (id: string, { at, status, result, error }: Ended): NewEvent => {
  const details = {
    ...(result === undefined ? {} : { Result: payload(result) }),
    ...(error ? { Error: failure(error) } : {}),
  };
  return made(`Execution${endNames[status]}`, at, details, { Id: id });
};

type InvocationEnded = Extract<JournalRecord, { kind: 'invocation-ended' }>;

export const invocationEvent = ({ at, requestId, error }: InvocationEnded, startedAt: number): NewEvent =>
  made('InvocationCompleted', at, {
    StartTimestamp: startedAt,
    EndTimestamp: at,
    Error: failure(error),
    RequestId: requestId,
  });
