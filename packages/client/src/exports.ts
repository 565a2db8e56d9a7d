/** Files that the facade has made by the tenant: asked for, waited for, fetched (docs/exports.md). */
import type { Call } from './calls.ts';
import type { Clock } from './clock.ts';
import { fileStream } from './file-stream.ts';
import type { components } from './openapi.ts';

type Schemas = components['schemas'];
/** What is exported: kind, entity or library, options. */
export type ExportWish = Schemas['NewExport']['data']['attributes'];
export type Export = Schemas['ExportDocument']['data'];

/** A file of the manifest of a `bulk`, `materials` or `extract` export. */
export type ExportFile = {
  readonly file: string;
  readonly name?: string;
  readonly fileName?: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
};

export type FinishedExport = {
  readonly export: Export;
  /** The file. Of the kinds `bulk`, `materials` and `extract`, it is the manifest. */
  content(): ReadableStream<Uint8Array>;
  /** The files of a `bulk`, `materials` or `extract` export. */
  files(): Promise<readonly ExportFile[]>;
  file(of: ExportFile): ReadableStream<Uint8Array>;
};

export type ExportOptions = {
  /** Ends the waiting, not the export. */
  readonly signal?: AbortSignal;
  /** Called with each look at the export, from its creation on. */
  readonly onProgress?: (export_: Export) => void;
};

/** An export that was cancelled, or that failed: `code` is one of docs/exports.md, the message is the facade's sentence. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
  readonly code: string;
  readonly id: string;

  constructor({ id, attributes: { state, failure } }: Export) {
    super(failure?.detail ?? `The export was ${state}.`);
    this.code = failure?.code ?? state.toUpperCase();
    this.id = id;
  }
}

export type ExportParts = { readonly GET: Call<'get'>; readonly POST: Call<'post'>; readonly clock: Clock };

const longestPauseMillis = 15_000;
const isOpen = ({ attributes: { state } }: Export): boolean => state === 'queued' || state === 'running';

export const createExports = ({ GET, POST, clock }: ExportParts) => {
  const finished = (done: Export, signal: AbortSignal | undefined): FinishedExport => {
    const open = (query: { file?: string }) => async (offset: number) => {
      const params = { path: { exportId: done.id }, query, header: { Range: `bytes=${offset}-` } };
      const init = { params, parseAs: 'stream', ...(signal ? { signal } : {}) } as const;
      return (await GET('/v1/exports/{exportId}/content', init)).response;
    };
    const content = () => fileStream(open({}), done.attributes.sizeBytes ?? 0);
    const files = async () => ((await new Response(content()).json()) as { files: ExportFile[] }).files;
    return { export: done, content, files, file: ({ file, sizeBytes }) => fileStream(open({ file }), sizeBytes) };
  };

  const waitFor = async (first: Export, { signal, onProgress }: ExportOptions): Promise<FinishedExport> => {
    let seen = first;
    onProgress?.(seen);
    for (let pauseMillis = 1_000; isOpen(seen); pauseMillis = Math.min(pauseMillis * 2, longestPauseMillis)) {
      await clock.wait(pauseMillis, signal ?? null);
      seen = (await readExport(seen.id, signal)) as Export;
      onProgress?.(seen);
    }
    if (seen.attributes.state !== 'succeeded') throw new ExportError(seen);
    return finished(seen, signal);
  };

  const readExport = async (exportId: string, signal: AbortSignal | undefined): Promise<Export> => {
    const init = { params: { path: { exportId } }, ...(signal ? { signal } : {}) };
    return (await GET('/v1/exports/{exportId}', init)).data.data;
  };

  return {
    /** Waits for an export that was asked for before. @throws ExportError, FacadeError. */
    waitForExport: async (exportId: string, options: ExportOptions = {}): Promise<FinishedExport> =>
      waitFor(await readExport(exportId, options.signal), options),

    /** Asks for an export, and waits until it has ended. @throws ExportError, FacadeError. */
    export: async (wish: ExportWish, options: ExportOptions = {}): Promise<FinishedExport> => {
      const { data } = await POST('/v1/exports', {
        params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
        body: { data: { type: 'export', attributes: wish } },
        ...(options.signal ? { signal: options.signal } : {}),
      });
      return waitFor(data.data, options);
    },
  };
};
