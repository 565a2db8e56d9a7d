/**
 * The kind `bulk`: the contents of an entity, which the tenant gives as one multipart answer, once (behaviours of the tenant:
 * docs/native-surface.md). The answer is stored as it comes. Only then it is read, and a manifest says where its parts are.
 */
import { Readable } from 'node:stream';
import * as z from 'zod';
import { headerValue } from '../http/headers.ts';
import { checkStarted, isGone, parametersOf, release, unexpected } from './answers.ts';
import { checkSubject } from './check-subject.ts';
import { objectKeyOf, type StoredFile } from './export-record.ts';
import { isForLater } from './for-later.ts';
import type { JobContext, Poll } from './job-context.ts';
import { JobFailure } from './job-failure.ts';
import type { CallAnswer, ExportKind, Workshop } from './kind.ts';
import type { ListedFile } from './manifest.ts';
import { mediaTypeOf } from './media-type.ts';
import { boundaryOf, type MultipartPart, readMultipart } from './multipart.ts';
import { openUpload } from './open-upload.ts';
import { pauseWhileBusy } from './pause-while-busy.ts';
import { readJson } from './read-json.ts';
import { inRounds } from './rounds.ts';
import { storeManifest } from './store-manifest.ts';
import { completeOnce, transferParts } from './transfer.ts';

const text = (most: number) => z.string().max(most);

/** The parameters of `POST /entities/export/bulk`. The tenant says that the depth is 0 unless given, and refuses a call without it. */
export const BulkOptions = z.strictObject({
  depth: z
    .union([z.literal(0), z.literal(1), z.literal(-1)])
    .default(0)
    .describe('0 = the entity, 1 = its children too, -1 = all below it.'),
  types: z
    .array(z.string().regex(/^[A-Za-z]{1,50}$/))
    .min(1)
    .max(50)
    .optional()
    .describe('Types of the entities below it.'),
  structureFormat: text(50).optional(),
  stoichiometry: z.boolean().optional(),
  stoichiometryStructureFormat: text(50).optional(),
  aromaticRepresentation: text(50).optional(),
});

const mostWaitMillis = 3_600_000;
/** As the tenant's guide asks. */
const pollSeconds = 2;
const transferMillis = 60_000;

const pathOf = (jobId: string): string => `/entities/export/bulk/${encodeURIComponent(jobId)}`;

type Started = { readonly jobId: string; readonly busy: number };

const start = async ({ call, read }: Workshop, busy: number): Promise<Poll<Started>> => {
  const { subject, options } = await read();
  const given = parametersOf(options);
  const answer = await call({
    method: 'POST',
    path: `/entities/export/bulk?${new URLSearchParams([['eid', subject], ...given])}`,
  });
  if (answer.status === 429) {
    release(answer);
    return { state: { jobId: '', busy: busy + 1 }, againSeconds: pauseWhileBusy(busy) };
  }
  checkStarted(answer, 'entity');
  const document = z.looseObject({ data: z.looseObject({ attributes: z.looseObject({ jobId: z.string().min(1) }) }) });
  return { state: { jobId: document.parse(await readJson(answer)).data.attributes.jobId, busy } };
};

/** `gone`: the contents were fetched, or nobody fetched them for two hours. */
type JobState = 'working' | 'ready' | 'gone';

const askState = async ({ call }: Workshop, jobId: string): Promise<JobState> => {
  const answer = await call({ method: 'GET', path: pathOf(jobId) });
  if (isGone(answer)) {
    release(answer);
    return 'gone';
  }
  if (answer.status !== 200) throw unexpected('the state of the export', answer);
  const document = z.looseObject({ data: z.looseObject({ attributes: z.looseObject({ status: z.string() }) }) });
  const { status } = document.parse(await readJson(answer)).data.attributes;
  if (status === 'FAILED')
    throw new JobFailure('TENANT_FAILED', 'The tenant started the export and failed to make it.');
  return status === 'COMPLETED' ? 'ready' : 'working';
};

type Waiting = { readonly sinceMillis: number; readonly isGone: boolean };

const waitForContents = async (workshop: Workshop, jobId: string, { sinceMillis }: Waiting): Promise<Poll<Waiting>> => {
  const since = sinceMillis === 0 ? workshop.nowMillis() : sinceMillis;
  const state = await askState(workshop, jobId);
  if (state !== 'working') return { state: { sinceMillis: since, isGone: state === 'gone' } };
  if (workshop.nowMillis() - since > mostWaitMillis)
    throw new JobFailure(
      'NEVER_READY',
      `The tenant has not made the export within ${mostWaitMillis / 60_000} minutes.`,
    );
  return { state: { sinceMillis: since, isGone: false }, againSeconds: pollSeconds };
};

type Wanted = { readonly key: string; readonly uploadId: string; readonly jobId: string };
type Contents = { readonly file: StoredFile } | { readonly isLost: true };

/** What a former try has streamed to its end, when the file was not completed, or only the answer was lost. */
const adopt = async (
  { read, uploads, files }: Workshop,
  { key, uploadId }: Wanted,
): Promise<StoredFile | undefined> => {
  const { pending } = await read();
  if (!pending || pending.key !== key) return undefined;
  const { parts = 0, ...file } = pending;
  if ((await uploads.sizeOf(key)) === file.sizeBytes) return file;
  const tags = await files.partTags(key, uploadId);
  if (tags.length < parts) return undefined;
  return (await completeOnce(file, uploadId, tags.slice(0, parts), uploads)) ? file : undefined;
};

/** The mark comes first: whoever finds it asks the tenant whether the contents are still there. */
const askContents = async ({ call, change, nowMillis }: Workshop, jobId: string): Promise<CallAnswer> => {
  await change({ asked: jobId });
  try {
    return await call({
      method: 'GET',
      path: `${pathOf(jobId)}/contents`,
      deadlineMillis: nowMillis() + transferMillis,
    });
  } catch (error) {
    if (isForLater(error)) await change({ asked: undefined });
    throw error;
  }
};

const transfer = async (workshop: Workshop, wanted: Wanted): Promise<Contents> => {
  const { key, uploadId, jobId } = wanted;
  const adopted = await adopt(workshop, wanted);
  if (adopted) return { file: adopted };
  if ((await workshop.read()).asked === jobId && (await askState(workshop, jobId)) === 'gone') return { isLost: true };
  const answer = await askContents(workshop, jobId);
  if (isGone(answer)) {
    release(answer);
    return { isLost: true };
  }
  if (answer.status !== 200) throw unexpected('the contents', answer);
  const body = answer.body instanceof Readable ? answer.body : Readable.from(answer.body ? [answer.body] : []);
  const { tags, sizeBytes, sha256 } = await transferParts(body, wanted, workshop.uploads, workshop.goOn);
  const announced = headerValue(answer.headers, 'content-length');
  if (announced !== undefined && Number(announced) !== sizeBytes) throw new Error('The contents are cut');
  if (sizeBytes === 0) throw new JobFailure('FILE_EMPTY', 'The contents of the tenant have no bytes.');
  const mediaType = mediaTypeOf(headerValue(answer.headers, 'content-type'));
  const file: StoredFile = { key, mediaType, sizeBytes, sha256 };
  await workshop.change({ pending: { ...file, parts: tags.length } });
  await workshop.goOn(sizeBytes);
  if (!(await completeOnce(file, uploadId, tags, workshop.uploads))) throw new Error('The file is not there');
  return { file };
};

const contentsObject = (round: number): string => `contents-${round}`;

const fetchContents = async (
  context: JobContext,
  workshop: Workshop,
  round: number,
): Promise<StoredFile | undefined> => {
  const none: Started = { jobId: '', busy: 0 };
  const { jobId } = await context.poll(`start ${round}`, none, ({ busy }) => start(workshop, busy));
  const waiting: Waiting = { sinceMillis: 0, isGone: false };
  const ready = await context.poll(`ready ${round}`, waiting, (state) => waitForContents(workshop, jobId, state));
  if (ready.isGone) return undefined;
  const opened = await context.step(`open upload ${round}`, async () => {
    const key = objectKeyOf((await workshop.read()).name, contentsObject(round));
    return { key, uploadId: await openUpload(workshop, key, 'application/octet-stream') };
  });
  const contents = await context.step(`transfer ${round}`, () => transfer(workshop, { ...opened, jobId }));
  return 'file' in contents ? contents.file : undefined;
};

const listed = (
  { file, object }: { readonly file: StoredFile; readonly object: string },
  parts: readonly MultipartPart[],
): ListedFile[] => {
  const { key: _key, ...raw } = file;
  return [
    { file: 'raw', object, ...raw },
    ...parts.map((part, index) => ({ file: String(index + 1), object, ...part })),
  ];
};

const index = async (workshop: Workshop, file: StoredFile): Promise<StoredFile> => {
  const { subject, digest, options } = await workshop.read();
  const boundary = boundaryOf(file.mediaType);
  const body = await workshop.files.open(file);
  if (!body) throw new Error('The contents are not there');
  const parts = await readMultipart(body, boundary).finally(() => body.destroy());
  const object = file.key.slice(file.key.lastIndexOf('/') + 1);
  const version = digest === '' ? {} : { digest };
  return storeManifest(workshop, {
    kind: 'bulk',
    entity: subject,
    ...version,
    options,
    files: listed({ file, object }, parts),
  });
};

const run = async (context: JobContext, workshop: Workshop): Promise<StoredFile> => {
  const check = async () => {
    const { subject, digest } = await workshop.read();
    await checkSubject(workshop.call, subject, digest);
    return {};
  };
  await context.step('subject', check);
  const file = await inRounds((round) => fetchContents(context, workshop, round));
  await context.step('subject again', check);
  return context.step('index', () => index(workshop, file));
};

export const bulkKind: ExportKind = { kind: 'bulk', options: BulkOptions, run };
