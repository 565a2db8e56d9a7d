/** A kind of export is a record: its options, and how a run of it makes the file. */
import type { Readable } from 'node:stream';
import type * as z from 'zod';
import type { Headers } from '../http/headers.ts';
import type { ExportKindName, Run, StoredFile } from './export-record.ts';
import type { JobContext } from './job-context.ts';
import type { PartUploads } from './part-uploads.ts';
import type { RunFiles } from './run-files.ts';

export type CallAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array | Readable | undefined;
};
/** One call to the upstream with the rights of the run, counted. A body that is a stream must be read or destroyed. */
export type Call = (call: {
  readonly method: string;
  readonly path: string;
  readonly headers?: Headers;
  readonly body?: Uint8Array;
  readonly deadlineMillis?: number;
}) => Promise<CallAnswer>;

/** What a run of any kind works with. All of it is to be used within steps. */
export type Workshop = {
  readonly call: Call;
  readonly uploads: PartUploads;
  readonly files: RunFiles;
  readonly nowMillis: () => number;
  /** The run as it is now. */
  readonly read: () => Promise<Run>;
  readonly change: (change: Partial<Run>) => Promise<void>;
  /** Renews the lease, shows progress, and ends the work of a run that was cancelled. @throws JobFailure. */
  readonly goOn: (bytes: number, rows?: number) => Promise<void>;
};

export type ExportKind = {
  readonly kind: ExportKindName;
  /** A strict object. */
  readonly options: z.ZodObject;
  /** Makes the file. @throws JobFailure. */
  run(context: JobContext, workshop: Workshop): Promise<StoredFile>;
};
