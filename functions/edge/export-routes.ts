/** The routes of /v1/exports: request in, domain call, reply out. */
import { Readable } from 'node:stream';
import * as z from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Caller } from '../../shared/exchange/consumer.ts';
import { type NewExport, toExportDocument, toExportsDocument } from '../../shared/exports/export-document.ts';
import { isOfLibrary, type Result, type Wish } from '../../shared/exports/export-record.ts';
import { type Exports, type ExportView, resultMillis, stateOf } from '../../shared/exports/exports.ts';
import { readCursor } from '../../shared/exports/extract/options.ts';
import { readJson } from '../../shared/exports/read-json.ts';
import type { ByteRange, ResultFiles } from '../../shared/exports/result-files.ts';
import { exportRoutes } from '../../shared/exports/routes.ts';
import type { Headers } from '../../shared/http/headers.ts';
import { nextPageOf } from '../../shared/http/next-page.ts';
import type { LargeAnswers } from '../../shared/large-answers/large-answers.ts';
import type { NativePipeline } from '../../shared/pipeline/pipeline.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { type CapabilityParts, capability } from './capability.ts';
import { findFile, type OfferedFile, openFile } from './export-files.ts';
import { countedFile, redirectTo, streamFile, wantsRedirect } from './file-reply.ts';
import type { Facts, Handle } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';

export type ExportRouteParts = Pick<CapabilityParts, 'idempotency' | 'acts' | 'identifier'> & {
  readonly pipeline: Pick<NativePipeline, 'as'>;
  readonly exports: Exports;
  readonly files: ResultFiles;
  readonly clock: Clock;
  readonly largeAnswers: Pick<LargeAnswers, 'around'>;
};

const Subject = z.looseObject({
  data: z.looseObject({ attributes: z.looseObject({ digest: z.string().optional() }) }),
});

const Libraries = z.looseObject({ data: z.array(z.looseObject({ attributes: z.looseObject({ name: z.string() }) })) });

const refused = (detail: string): AppError => new AppError('EXPORT_REFUSED', { detail });

type Attributes = z.output<typeof NewExport>['data']['attributes'];

const checkCursor = ({ library, options: { of, since } }: Extract<Attributes, { kind: 'extract' }>): void => {
  if (since === undefined || readCursor(since, library, of) !== undefined) return;
  throw new AppError('REQUEST_INVALID', {
    detail: 'since: must be the cursor of an earlier extract of the same library, and of the same rows.',
    source: { pointer: '/data/attributes/options/since' },
  });
};

export const createExportRoutes = (parts: ExportRouteParts): Handle => {
  const { pipeline, exports, files, clock } = parts;

  /** Reads as the caller: whoever may not read a thing exports nothing of it. */
  const readAs = async (request: HttpRequest, caller: Caller, path: string, what: string): Promise<unknown> => {
    const headers: Headers = [
      ['accept', 'application/vnd.api+json'],
      ['cache-control', 'no-cache'],
    ];
    const answer = await pipeline
      .as(caller, request.requestId, request.publicUrl)
      .call({ method: 'GET', path, headers });
    if (answer.status !== 200) {
      if (answer.body instanceof Readable) answer.body.destroy();
      throw refused(`The tenant does not show ${what} to you: it answered with ${answer.status}.`);
    }
    const document = await readJson(answer);
    // The credential of a person is not at hand when the file is made, and the service account may read what the person may not.
    if (answer.actedAs !== 'service')
      throw refused('Exports are made with the rights of the service account. This call ran as a person.');
    return document;
  };

  /** @returns the digest of the subject; empty where it has none. */
  const readSubject = async (
    request: HttpRequest,
    caller: Caller,
    { kind, subject }: Pick<Wish, 'kind' | 'subject'>,
  ): Promise<string> => {
    const name = encodeURIComponent(subject);
    if (!isOfLibrary({ kind })) {
      const document = Subject.parse(await readAs(request, caller, `/entities/${name}`, subject));
      return document.data.attributes.digest ?? '';
    }
    const what = `a library of the name ${subject}`;
    const { data } = Libraries.parse(await readAs(request, caller, `/materials/libraries?name=${name}`, what));
    if (!data.some(({ attributes }) => attributes.name === subject))
      throw refused(`The tenant does not show ${what} to you.`);
    return '';
  };

  const toWish = async (request: HttpRequest, caller: Caller, attributes: Attributes): Promise<Wish> => {
    const { kind, options } = attributes;
    const subject = 'library' in attributes ? attributes.library : attributes.entity;
    if (attributes.kind === 'extract') checkCursor(attributes);
    const digest = await readSubject(request, caller, { kind, subject });
    return { kind, subject, options, principal: 'service', digest };
  };

  /** The log lines of the run are in the trace of the request that made it, which may be another. */
  const note = (facts: Facts, { job, run }: ExportView): void => {
    Object.assign(facts, { export: job.id, run: run.name });
  };

  const accepted = (view: ExportView, request: HttpRequest) => {
    const document = toExportDocument(view, request.publicUrl);
    return { status: 202, document, headers: [['location', document.data.links.self]] } as const;
  };

  const fileOf = (view: ExportView): Result => {
    const { run } = view;
    if (stateOf(view) !== 'succeeded' || !run.result)
      throw new AppError('EXPORT_NOT_READY', {
        detail: `The export is ${stateOf(view)}. It has a file once it is succeeded.`,
      });
    if ((run.endedAtMillis ?? 0) + resultMillis < clock.nowMillis()) throw gone();
    return run.result;
  };
  const gone = (): AppError =>
    new AppError('EXPORT_UNKNOWN', { detail: 'The file is kept for 30 days, which are over. Ask for a new export.' });

  const chosenOf = async (view: ExportView, file: string | undefined): Promise<OfferedFile> => {
    const result = fileOf(view);
    if (file === undefined) return result;
    const found = await findFile(files, view.run, result, file);
    if (found) return found;
    throw new AppError('EXPORT_UNKNOWN', {
      detail: 'The export has no such file. Its content lists the files of a bulk, materials or extract export.',
    });
  };

  return capability(exportRoutes)(parts, {
    createExport: async ({ request, caller, body, act, facts }) => {
      const wish = await toWish(request, caller, body.data.attributes);
      const view = await act(wish.subject, () => exports.create(caller.consumer, wish), { kind: wish.kind });
      note(facts, view);
      return accepted(view, request);
    },
    listExports: async ({ request, caller, query }) => {
      const { views, cursor } = await exports.list(caller.consumer, query['page[limit]'], query['page[cursor]']);
      const self = `${request.publicUrl}/v1/exports`;
      const next = cursor === undefined ? undefined : nextPageOf(self, request.query, cursor);
      return { status: 200, document: toExportsDocument(views, request.publicUrl, next) };
    },
    readExport: async ({ request, caller, path }) => ({
      status: 200,
      document: toExportDocument(await exports.read(caller.consumer, path.exportId), request.publicUrl),
    }),
    cancelExport: async ({ request, caller, path, act }) => {
      const view = await act(path.exportId, () => exports.cancel(caller.consumer, path.exportId));
      return { status: 200, document: toExportDocument(view, request.publicUrl) };
    },
    retryExport: async ({ request, caller, path, act, facts }) => {
      const { job } = await exports.read(caller.consumer, path.exportId);
      // The caller may have fewer rights now than when it asked first.
      await readSubject(request, caller, job.wish);
      const view = await act(path.exportId, () => exports.retry(caller.consumer, path.exportId));
      note(facts, view);
      return accepted(view, request);
    },
    readExportContent: async ({ request, caller, path, query, headers, facts }) => {
      const view = await exports.read(caller.consumer, path.exportId);
      const result = await chosenOf(view, query.file);
      // S3 signs whole objects. A preference may be left aside (RFC 7240).
      const presign = result.offset === undefined ? (seconds: number) => files.presign(result, seconds) : undefined;
      if (presign && wantsRedirect(headers.Prefer)) return redirectTo(presign);
      const open = async (range: ByteRange | undefined) => {
        const body = await openFile(files, result, range);
        if (!body) throw gone();
        return body;
      };
      return countedFile(parts.largeAnswers, { request, caller, facts }, () =>
        streamFile(request, result, headers.Range, { open, presign }),
      );
    },
  });
};
