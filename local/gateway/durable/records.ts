/** What the journal of one durable execution holds, in the order in which it happened. Times are epoch milliseconds. */
import * as z from 'zod';

const ErrorObject = z.object({
  ErrorMessage: z.string().optional(),
  ErrorType: z.string().optional(),
  ErrorData: z.string().optional(),
  StackTrace: z.array(z.string()).optional(),
});
export type ErrorObject = z.infer<typeof ErrorObject>;

/** One member of `Updates` (Lambda API, OperationUpdate), as far as the twin supports it. */
export const OperationUpdate = z.object({
  Id: z.string().min(1).max(64),
  ParentId: z.string().optional(),
  Name: z.string().optional(),
  SubType: z.string().optional(),
  Type: z.enum(['EXECUTION', 'CONTEXT', 'STEP', 'WAIT', 'CALLBACK', 'CHAINED_INVOKE']),
  Action: z.enum(['START', 'SUCCEED', 'FAIL', 'RETRY', 'CANCEL']),
  Payload: z.string().optional(),
  Error: ErrorObject.optional(),
  ContextOptions: z.object({ ReplayChildren: z.boolean().optional() }).optional(),
  StepOptions: z.object({ NextAttemptDelaySeconds: z.number().int().optional() }).optional(),
  WaitOptions: z.object({ WaitSeconds: z.number().int().optional() }).optional(),
});
export type OperationUpdate = z.infer<typeof OperationUpdate>;

const endStatuses = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'STOPPED'] as const;
const at = { at: z.number() };

export const JournalRecord = z.discriminatedUnion('kind', [
  z.object({
    ...at,
    kind: z.literal('started'),
    arn: z.string(),
    name: z.string(),
    functionName: z.string(),
    version: z.string(),
    /** Id of the operation that stands for the execution itself. */
    id: z.string(),
    payload: z.string(),
    timeoutSeconds: z.number(),
    retentionDays: z.number(),
  }),
  z.object({ ...at, kind: z.literal('invoked'), requestId: z.string() }),
  z.object({ ...at, kind: z.literal('checkpoint'), updates: z.array(OperationUpdate) }),
  /** The time of a wait or of a retry has come. */
  z.object({ ...at, kind: z.literal('due'), id: z.string() }),
  z.object({ ...at, kind: z.literal('invocation-ended'), requestId: z.string(), error: ErrorObject.optional() }),
  z.object({
    ...at,
    kind: z.literal('ended'),
    status: z.enum(endStatuses),
    result: z.string().optional(),
    error: ErrorObject.optional(),
  }),
]);
export type JournalRecord = z.infer<typeof JournalRecord>;
export type Started = Extract<JournalRecord, { kind: 'started' }>;
