/** One operation of an execution as Lambda reports it, but with times in epoch milliseconds. */
import type { ErrorObject, OperationUpdate } from './records.ts';

export type OperationStatus =
  | 'STARTED'
  | 'PENDING'
  | 'READY'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'CANCELLED'
  | 'TIMED_OUT'
  | 'STOPPED';

export type Operation = {
  readonly Id: string;
  readonly Type: OperationUpdate['Type'];
  readonly StartTimestamp: number;
  readonly Status: OperationStatus;
  readonly ParentId?: string | undefined;
  readonly Name?: string | undefined;
  readonly SubType?: string | undefined;
  readonly EndTimestamp?: number | undefined;
  readonly ExecutionDetails?: { readonly InputPayload: string };
  readonly ContextDetails?: {
    readonly ReplayChildren?: boolean | undefined;
    readonly Result?: string | undefined;
    readonly Error?: ErrorObject | undefined;
  };
  readonly StepDetails?: {
    readonly Attempt?: number | undefined;
    readonly NextAttemptTimestamp?: number | undefined;
    readonly Result?: string | undefined;
    readonly Error?: ErrorObject | undefined;
  };
  readonly WaitDetails?: { readonly ScheduledEndTimestamp: number };
};

/** `value` with every member whose name ends in `Timestamp` written by `write`; undefined members are left out. */
export const writeTimes = (value: unknown, write: (millis: number) => unknown): unknown => {
  if (Array.isArray(value)) return value.map((item) => writeTimes(item, write));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      if (member === undefined) return [];
      const isTime = name.endsWith('Timestamp') && typeof member === 'number';
      return [[name, isTime ? write(member) : writeTimes(member, write)]];
    }),
  );
};

/** The event of an invocation has ISO text (SDK 2.4.0 reads both), answers of the API have seconds. */
export const isoTime = (millis: number): string => new Date(millis).toISOString();
export const secondsTime = (millis: number): number => millis / 1000;

/** When an operation goes on by itself; undefined = it does not wait for a time. */
export const dueMillisOf = ({ Type, Status, StepDetails, WaitDetails }: Operation): number | undefined => {
  if (Type === 'WAIT' && Status === 'STARTED') return WaitDetails?.ScheduledEndTimestamp;
  if (Type === 'STEP' && Status === 'PENDING') return StepDetails?.NextAttemptTimestamp;
  return undefined;
};

const attemptsOf = ({ StepDetails }: Operation): number => StepDetails?.Attempt ?? 0;

const begun = (update: OperationUpdate, before: Operation | undefined, at: number): Operation => ({
  Id: update.Id,
  Type: update.Type,
  Status: 'STARTED',
  StartTimestamp: before?.StartTimestamp ?? at,
  ParentId: update.ParentId,
  Name: update.Name,
  SubType: update.SubType,
});

const details = (update: OperationUpdate) => ({ Result: update.Payload, Error: update.Error });

const step = (update: OperationUpdate, operation: Operation, at: number): Operation => {
  switch (update.Action) {
    // A poll's state is the result of its last try: a new try needs it.
    case 'START':
      return { ...operation, StepDetails: { ...operation.StepDetails, NextAttemptTimestamp: undefined } };
    case 'RETRY': {
      const delayMillis = (update.StepOptions?.NextAttemptDelaySeconds ?? 0) * 1000;
      const next = { Attempt: attemptsOf(operation) + 1, NextAttemptTimestamp: at + delayMillis };
      return { ...operation, Status: 'PENDING', StepDetails: { ...details(update), ...next } };
    }
    default: {
      const Status = update.Action === 'SUCCEED' ? 'SUCCEEDED' : 'FAILED';
      const StepDetails = { ...details(update), Attempt: attemptsOf(operation) + 1 };
      return { ...operation, Status, EndTimestamp: at, StepDetails };
    }
  }
};

const context = (update: OperationUpdate, operation: Operation, at: number): Operation => {
  const ReplayChildren = update.ContextOptions?.ReplayChildren ?? operation.ContextDetails?.ReplayChildren;
  if (update.Action === 'START') return { ...operation, ContextDetails: { ReplayChildren } };
  const Status = update.Action === 'SUCCEED' ? 'SUCCEEDED' : 'FAILED';
  return { ...operation, Status, EndTimestamp: at, ContextDetails: { ...details(update), ReplayChildren } };
};

const wait = (update: OperationUpdate, operation: Operation, at: number): Operation =>
  update.Action === 'CANCEL'
    ? { ...operation, Status: 'CANCELLED', EndTimestamp: at }
    : { ...operation, WaitDetails: { ScheduledEndTimestamp: at + (update.WaitOptions?.WaitSeconds ?? 0) * 1000 } };

/** The operation after a valid update at `at`. */
export const updateOperation = (before: Operation | undefined, update: OperationUpdate, at: number): Operation => {
  const operation: Operation = { ...begun(update, before, at), ...before, Status: 'STARTED' };
  if (update.Type === 'STEP') return step(update, operation, at);
  if (update.Type === 'CONTEXT') return context(update, operation, at);
  return wait(update, operation, at);
};

/** The operation once its time has come. */
export const fire = (operation: Operation, at: number): Operation =>
  operation.Type === 'WAIT'
    ? { ...operation, Status: 'SUCCEEDED', EndTimestamp: at }
    : { ...operation, Status: 'READY', StepDetails: { ...operation.StepDetails, NextAttemptTimestamp: undefined } };
