/**
 * The kind `pdf`: the tenant makes the PDF of an entity as a job of its own, which is started, asked by HEAD until the file has a
 * length, and fetched (behaviours of the tenant: docs/native-surface.md). The file is kept there for about 30 minutes.
 */
import { Readable } from 'node:stream';
import * as z from 'zod';
import { headerValue } from '../http/headers.ts';
import { checkStarted, isGone, parametersOf, release, unexpected } from './answers.ts';
import { checkSubject } from './check-subject.ts';
import { fileKeyOf, type StoredFile } from './export-record.ts';
import type { JobContext } from './job-context.ts';
import { JobFailure } from './job-failure.ts';
import type { CallAnswer, ExportKind, Workshop } from './kind.ts';
import { openUpload } from './open-upload.ts';
import { pauseWhileBusy } from './pause-while-busy.ts';
import { readJson } from './read-json.ts';
import { completeOnce, type Transferred, transferParts } from './transfer.ts';

const text = (most: number) => z.string().max(most);

/** The parameters of `PUT /entities/export/pdf`. What the tenant makes of a value is the tenant's. */
export const PdfOptions = z.strictObject({
  header: text(500).optional(),
  footer: text(500).optional(),
  attachments: z.boolean().optional(),
  links: z.boolean().optional(),
  comments: z.boolean().optional(),
  history: z.boolean().optional(),
  paper: text(50).optional(),
  orientation: text(50).optional(),
  locale: text(50).optional(),
  timeZone: text(100).optional(),
  dateTimeFormat: text(100).optional(),
  skipPageBreaks: z.boolean().optional(),
});

/** The tenant says nothing of a PDF that fails: it never gets a length (guide, chapter 7). */
const mostWaitSeconds = 1_200;
const pollSeconds = 5;
const transferMillis = 60_000;

type Started = { readonly fileId: string; readonly busy: number };

const mostNameCharacters = 200;
const cut = (fileName: string): string => {
  const characters = [...fileName];
  return characters.length > mostNameCharacters
    ? `${characters.slice(0, mostNameCharacters - 4).join('')}.pdf`
    : fileName;
};

const start = async (
  { call, read, change }: Workshop,
  busy: number,
): Promise<{ state: Started; againSeconds?: number }> => {
  const { subject, options } = await read();
  const given = parametersOf(options);
  const query = new URLSearchParams([['eid', subject], ...given]);
  const answer = await call({ method: 'PUT', path: `/entities/export/pdf?${query}` });
  if (answer.status === 429) {
    release(answer);
    return { state: { fileId: '', busy: busy + 1 }, againSeconds: pauseWhileBusy(busy) };
  }
  checkStarted(answer, 'entity');
  const document = z.looseObject({
    data: z.looseObject({ attributes: z.looseObject({ fileId: z.string().min(1), fileName: z.string().optional() }) }),
  });
  const { fileId, fileName = 'export.pdf' } = document.parse(await readJson(answer)).data.attributes;
  await change({ fileName: cut(fileName) });
  return { state: { fileId, busy } };
};

const pathOf = (fileId: string): string => `/entities/export/pdf/${encodeURIComponent(fileId)}`;

type Waiting = { readonly sinceMillis: number; readonly sizeBytes: number };

const askSize = async ({ call, nowMillis }: Workshop, fileId: string, { sinceMillis }: Waiting) => {
  const since = sinceMillis === 0 ? nowMillis() : sinceMillis;
  const answer = await call({ method: 'HEAD', path: pathOf(fileId) });
  release(answer);
  if (isGone(answer))
    throw new JobFailure('FILE_EXPIRED', 'The tenant has dropped the PDF. It keeps a file for about 30 minutes.');
  if (answer.status !== 200) throw unexpected('the state of the PDF', answer);
  const sizeBytes = Number(headerValue(answer.headers, 'content-length') ?? 0);
  if (sizeBytes > 0) return { state: { sinceMillis: since, sizeBytes } };
  if (nowMillis() - since > mostWaitSeconds * 1000)
    throw new JobFailure('NEVER_READY', `The tenant has not made the PDF within ${mostWaitSeconds / 60} minutes.`);
  return { state: { sinceMillis: since, sizeBytes: 0 }, againSeconds: pollSeconds };
};

/** @throws JobFailure before anything is completed. */
const checkFile = ({ sizeBytes, head, tail }: Transferred, announced: number | undefined): void => {
  if (sizeBytes === 0) throw new JobFailure('FILE_EMPTY', 'The PDF of the tenant has no bytes.');
  if (!head.subarray(0, 5).equals(Buffer.from('%PDF-')))
    throw new JobFailure('FILE_NOT_A_PDF', 'The tenant answered with something that is no PDF.');
  if (announced !== undefined && announced !== sizeBytes)
    throw new JobFailure('FILE_INCOMPLETE', `The PDF has ${sizeBytes} bytes; ${announced} were announced.`);
  if (!tail.includes('%%EOF')) throw new JobFailure('FILE_INCOMPLETE', 'The PDF ends before its end mark.');
};

const fetchFile = async (workshop: Workshop, fileId: string): Promise<CallAnswer & { readonly body: Readable }> => {
  const deadlineMillis = workshop.nowMillis() + transferMillis;
  const answer = await workshop.call({ method: 'GET', path: pathOf(fileId), deadlineMillis });
  if (isGone(answer)) {
    release(answer);
    throw new JobFailure('FILE_EXPIRED', 'The tenant has dropped the PDF. It keeps a file for about 30 minutes.');
  }
  if (answer.status !== 200) throw unexpected('the PDF', answer);
  const body = answer.body instanceof Readable ? answer.body : Readable.from(answer.body ? [answer.body] : []);
  return { ...answer, body };
};

type Wanted = { readonly key: string; readonly uploadId: string; readonly fileId: string };

/** What a former try of this step has completed, when only its answer was lost. */
const adopt = async ({ read, uploads }: Workshop): Promise<StoredFile | undefined> => {
  const { pending } = await read();
  return pending && (await uploads.sizeOf(pending.key)) === pending.sizeBytes ? pending : undefined;
};

const transfer = async (workshop: Workshop, { key, uploadId, fileId }: Wanted): Promise<StoredFile> => {
  const adopted = await adopt(workshop);
  if (adopted) return adopted;
  const { subject, digest } = await workshop.read();
  const { body, headers } = await fetchFile(workshop, fileId);
  const length = headerValue(headers, 'content-length');
  const done = await transferParts(body, { key, uploadId }, workshop.uploads, workshop.goOn);
  checkFile(done, length === undefined ? undefined : Number(length));
  await checkSubject(workshop.call, subject, digest);
  const { sizeBytes, sha256 } = done;
  const result: StoredFile = { key, mediaType: 'application/pdf', sizeBytes, sha256 };
  await workshop.change({ pending: result });
  // The last look at the cancellation; after this the file is there.
  await workshop.goOn(sizeBytes);
  if (!(await completeOnce(result, uploadId, done.tags, workshop.uploads))) throw new Error('The file is not there');
  return result;
};

const run = async (context: JobContext, workshop: Workshop): Promise<StoredFile> => {
  await context.step('subject', async () => {
    const { subject, digest } = await workshop.read();
    await checkSubject(workshop.call, subject, digest);
    return {};
  });
  const none: Started = { fileId: '', busy: 0 };
  const { fileId } = await context.poll('start', none, ({ busy }) => start(workshop, busy));
  const waiting: Waiting = { sinceMillis: 0, sizeBytes: 0 };
  await context.poll('ready', waiting, (state) => askSize(workshop, fileId, state));
  const opened = await context.step('open upload', async () => {
    const key = fileKeyOf((await workshop.read()).name);
    return { key, uploadId: await openUpload(workshop, key, 'application/pdf') };
  });
  return context.step('transfer', () => transfer(workshop, { ...opened, fileId }));
};

export const pdfKind: ExportKind = { kind: 'pdf', options: PdfOptions, run };
