/** What the catalogue keeps: runs, which make a file once, and the jobs of consumers, which wait for a run. */
import { createHash } from 'node:crypto';
import * as z from 'zod';

export const exportKinds = ['pdf', 'bulk', 'materials', 'extract'] as const;
export type ExportKindName = (typeof exportKinds)[number];

export const exportStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type ExportState = (typeof exportStates)[number];
export const isOver = (state: ExportState): boolean => ['succeeded', 'failed', 'cancelled'].includes(state);

/** Why a run has no file. Each is explained in docs/exports.md. */
export const failureCodes = [
  'ENTITY_GONE',
  'ENTITY_CHANGED',
  'NOT_EXPORTABLE',
  'FILE_EXPIRED',
  'FILE_EMPTY',
  'FILE_NOT_A_PDF',
  'FILE_INCOMPLETE',
  'FILE_UNREADABLE',
  'FILE_LOST',
  'CHAIN_BROKEN',
  'WALK_TOO_LONG',
  'TENANT_FAILED',
  'NEVER_READY',
  'WAITED_TOO_LONG',
  'TRIES_USED_UP',
  'ENGINE_ENDED',
  'FACADE_FAILED',
] as const;
export type FailureCode = (typeof failureCodes)[number];
const Failure = z.object({ code: z.enum(failureCodes), detail: z.string() });
export type Failure = z.infer<typeof Failure>;

/** What is wanted. Equal wishes share one run. */
export const Wish = z.object({
  kind: z.enum(exportKinds),
  /** Id of an entity; the name of a library for the kinds `materials` and `extract`. */
  subject: z.string(),
  /** Version of the subject when it was wanted; empty where the tenant gives none. */
  digest: z.string(),
  options: z.record(z.string(), z.unknown()),
  /** Whose rights the file has. */
  principal: z.string(),
});
export type Wish = z.infer<typeof Wish>;

/** Whether the subject is a library. */
export const isOfLibrary = ({ kind }: Pick<Wish, 'kind'>): boolean => kind === 'materials' || kind === 'extract';

/** The subject by its name in documents and events. */
export const subjectOf = ({ kind, subject }: Pick<Wish, 'kind' | 'subject'>) =>
  isOfLibrary({ kind }) ? { library: subject } : { entity: subject };

/** A file in the bucket of results. The journal of an execution holds it, so it tells nothing of the contents. */
const StoredFile = z.object({ key: z.string(), mediaType: z.string(), sizeBytes: z.number(), sha256: z.string() });
export type StoredFile = z.infer<typeof StoredFile>;
const Result = StoredFile.extend({ fileName: z.string() });
export type Result = z.infer<typeof Result>;

export const Run = Wish.extend({
  /** Name of its execution: 64 hex digits. */
  name: z.string(),
  /** 1 for the first run of a wish; a run after a failure has the next number. */
  round: z.number().int(),
  state: z.enum(exportStates),
  /** Goes up with each write. */
  version: z.number().int(),
  createdAtMillis: z.number(),
  startedAtMillis: z.number().optional(),
  endedAtMillis: z.number().optional(),
  /** How often each step began. A step that a crash ended counts too. */
  tries: z.record(z.string(), z.number()).default({}),
  upstreamCalls: z.number().int().default(0),
  /** The step at work, since when, and what is stored of the file. */
  progress: z
    .object({
      step: z.string(),
      sinceMillis: z.number().optional(),
      bytes: z.number().optional(),
      /** Of an extract: found so far. */
      rows: z.number().optional(),
      /** The last call of the step got no unit of the budget, and was not sent. */
      waitsForBudget: z.boolean().optional(),
    })
    .optional(),
  failure: Failure.optional(),
  result: Result.optional(),
  /** What is being completed: written before the completing request, whose answer may be lost. */
  pending: StoredFile.extend({ parts: z.number().int().optional() }).optional(),
  /** The job of the tenant whose contents were asked for: they are given once. */
  asked: z.string().optional(),
  /** The name that the tenant gives the file, which may hold the title of an experiment. */
  fileName: z.string().optional(),
  executionArn: z.string().optional(),
  /** Whether its consumers were told of the end. */
  isAnnounced: z.boolean().default(false),
  /**
   * Trace of the request that made the run, which its log lines show. It is no part of the wish, nor of the payload of the execution:
   * these must be the same for equal wishes. A request that joins a run logs the name of the run beside its own trace.
   */
  traceId: z.string().optional(),
});
export type Run = z.infer<typeof Run>;

export const Job = z.object({
  id: z.string(),
  consumerId: z.string(),
  /** Of the consumer (docs/consumers.md): a later consumer of the same id has none of its jobs. */
  incarnation: z.string(),
  runName: z.string(),
  wish: Wish,
  createdAtMillis: z.number(),
  cancelledAtMillis: z.number().optional(),
});
export type Job = z.infer<typeof Job>;

/** JSON with the members of each object in one order: equal values give equal text. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The same for equal wishes of a stage. */
export const wishNameOf = (stage: string, wish: Wish): string => hash(canonical([stage, wish]));
export const allFilesPrefix = 'exports/';
/** How the keys of all files of a run begin. Nobody else puts anything there. */
export const filesPrefixOf = (runName: string): string => `${allFilesPrefix}${runName}`;
/** The run of a key. */
export const runNameIn = (key: string): string => key.slice(allFilesPrefix.length).split(/[./]/, 1)[0] ?? '';
/** The file of a run that has one. */
export const fileKeyOf = (runName: string): string => `${filesPrefixOf(runName)}.pdf`;
/** A file of a run that has several. */
export const objectKeyOf = (runName: string, object: string): string => `${filesPrefixOf(runName)}/${object}`;
/**
 * How the keys of objects begin that a run works with and nobody fetches. They are removed at its end. The bucket keeps what is left for a
 * day, and no run lasts so long.
 */
export const workingFilesPrefix = 'working/';
export const workingKeyOf = (runName: string, object: string): string => `${workingFilesPrefix}${runName}/${object}`;
/** Fits the pattern of Lambda's execution names. */
export const runNameOf = (wishName: string, round: number): string => hash(`${wishName}#${round}`);
