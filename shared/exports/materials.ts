/**
 * The kind `materials`: all assets of a library. The tenant gives at most 25,000 assets or 100 MB in one file, and says after which
 * asset the next file begins (behaviours of the tenant: docs/native-surface.md). Each file is a link of the chain, and the manifest
 * lists all.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import * as z from 'zod';
import { headerValue } from '../http/headers.ts';
import { checkStarted, isGone, parametersOf, release, unexpected } from './answers.ts';
import { fileNameOf } from './disposition.ts';
import { dropUpload } from './drop-upload.ts';
import { objectKeyOf, type StoredFile } from './export-record.ts';
import type { JobContext, Poll } from './job-context.ts';
import { JobFailure, PassingFault } from './job-failure.ts';
import type { CallAnswer, ExportKind, Workshop } from './kind.ts';
import { type Link, linkObject, readLink, writeLink } from './links.ts';
import { type ReportFacts, readReport } from './materials-report.ts';
import { mediaTypeOf } from './media-type.ts';
import { openUpload } from './open-upload.ts';
import { pauseWhileBusy } from './pause-while-busy.ts';
import { readJson } from './read-json.ts';
import { inRounds } from './rounds.ts';
import { storeManifest } from './store-manifest.ts';
import { completeOnce, transferParts } from './transfer.ts';

/** Parameters of `POST /materials/{libraryName}/bulkExport`. The rest of them choose assets, and an export has all. */
export const MaterialsOptions = z.strictObject({
  fileType: z.enum(['SDF', 'CSV', 'ZIP']).optional().describe('SDF is for chemical libraries, ZIP for others.'),
  chemFormat: z.enum(['SMILES', 'InChI', 'HELM']).optional(),
  limit: z.number().int().min(1).max(25_000).optional().describe('Most assets in one file.'),
});

/** 12.5 million assets. Each link takes three operations of the execution, whose number is limited. */
const mostLinks = 500;
const mostWaitMillis = 3_600_000;
const pollSeconds = 5;
const transferMillis = 60_000;

/** Ids of the tenant for one file. Names of assets are not among what the engine keeps. */
type Started = { readonly fileId: string; readonly reportId: string; readonly busy: number };

const Ids = z.looseObject({
  data: z.looseObject({ attributes: z.looseObject({ fileId: z.string().min(1), reportId: z.string().min(1) }) }),
});

const pathOfStart = (library: string, parameters: object, startAfter: string | undefined): string => {
  const given = parametersOf(parameters);
  const query = new URLSearchParams(startAfter === undefined ? given : [...given, ['startAfter', startAfter]]);
  const search = query.size === 0 ? '' : `?${query}`;
  return `/materials/${encodeURIComponent(library)}/bulkExport${search}`;
};

const start = async (
  workshop: Workshop,
  number: number,
  busy: number,
  parameters: object | undefined,
): Promise<Poll<Started>> => {
  const { subject, options } = await workshop.read();
  const before = number === 1 ? undefined : await readLink(workshop, number - 1);
  const path = pathOfStart(subject, parameters ?? options, before?.next);
  const answer = await workshop.call({ method: 'POST', path });
  // 409: a job of this library runs, such as one whose answer a crash has lost.
  if (answer.status === 409 || answer.status === 429) {
    release(answer);
    return { state: { fileId: '', reportId: '', busy: busy + 1 }, againSeconds: pauseWhileBusy(busy) };
  }
  checkStarted(answer, 'library');
  const { fileId, reportId } = Ids.parse(await readJson(answer)).data.attributes;
  return { state: { fileId, reportId, busy } };
};

type Waiting = {
  readonly sinceMillis: number;
  readonly outcome: 'working' | 'ready' | 'nothing' | 'gone';
  /** Of the asset after which the next file begins; absent = this file is the last. */
  readonly nextHash?: string;
};

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const whileNotReady = (
  outcome: Exclude<ReportFacts['outcome'], 'ready'>,
  sinceMillis: number,
  nowMillis: number,
): Poll<Waiting> => {
  if (outcome === 'broken')
    throw new JobFailure('CHAIN_BROKEN', 'The tenant does not say after which asset the next file begins.');
  if (outcome === 'failed')
    throw new JobFailure('TENANT_FAILED', 'The tenant started the export and failed to make it.');
  if (outcome === 'nothing') return { state: { sinceMillis, outcome } };
  if (nowMillis - sinceMillis > mostWaitMillis)
    throw new JobFailure('NEVER_READY', `The tenant has not made the file within ${mostWaitMillis / 60_000} minutes.`);
  return { state: { sinceMillis, outcome }, againSeconds: pollSeconds };
};

const askReport = async (
  workshop: Workshop,
  number: number,
  reportId: string,
  { sinceMillis }: Waiting,
): Promise<Poll<Waiting>> => {
  const since = sinceMillis === 0 ? workshop.nowMillis() : sinceMillis;
  const answer = await workshop.call({
    method: 'GET',
    path: `/materials/bulkExport/reports/${encodeURIComponent(reportId)}`,
  });
  if (isGone(answer)) {
    release(answer);
    return { state: { sinceMillis: since, outcome: 'gone' } };
  }
  if (answer.status !== 200) throw unexpected('the report', answer);
  const before = number === 1 ? undefined : await readLink(workshop, number - 1);
  const assetsBefore = (before?.assetsBefore ?? 0) + (before?.assets ?? 0);
  const report = readReport(await readJson(answer), { assets: assetsBefore, total: before?.total });
  if (report.outcome !== 'ready') return whileNotReady(report.outcome, since, workshop.nowMillis());
  const { next, assets, total } = report;
  await writeLink(workshop, number, {
    assetsBefore,
    ...(next === undefined ? {} : { next }),
    ...(assets === undefined ? {} : { assets }),
    ...(total === undefined ? {} : { total }),
  });
  return { state: { sinceMillis: since, outcome: 'ready', ...(next === undefined ? {} : { nextHash: hashOf(next) }) } };
};

const store = async (workshop: Workshop, key: string, answer: CallAnswer): Promise<StoredFile> => {
  const mediaType = mediaTypeOf(headerValue(answer.headers, 'content-type'));
  const body = answer.body instanceof Readable ? answer.body : Readable.from(answer.body ? [answer.body] : []);
  const uploadId = await openUpload(workshop, key, mediaType).catch((error: unknown) => {
    body.destroy();
    throw error;
  });
  try {
    const { tags, sizeBytes, sha256 } = await transferParts(body, { key, uploadId }, workshop.uploads, workshop.goOn);
    const announced = headerValue(answer.headers, 'content-length');
    if (announced !== undefined && Number(announced) !== sizeBytes)
      throw new PassingFault('FILE_INCOMPLETE', `The file has ${sizeBytes} bytes; ${announced} were announced.`);
    // The tenant gives no bytes while it works.
    if (sizeBytes === 0) throw new PassingFault('FILE_EMPTY', 'The file of the tenant has no bytes.');
    await workshop.goOn(sizeBytes);
    const file = { key, mediaType, sizeBytes, sha256 };
    if (!(await completeOnce(file, uploadId, tags, workshop.uploads))) throw new Error('The file is not there');
    return file;
  } catch (error) {
    await dropUpload(workshop.uploads, key, uploadId);
    throw error;
  }
};

/** @returns false when the tenant has dropped the file. */
const fetchLink = async (workshop: Workshop, number: number, fileId: string): Promise<boolean> => {
  const link = await readLink(workshop, number);
  if (link.stored) return true;
  const answer = await workshop.call({
    method: 'GET',
    path: `/materials/bulkExport/download/${encodeURIComponent(fileId)}`,
    deadlineMillis: workshop.nowMillis() + transferMillis,
  });
  if (isGone(answer)) {
    release(answer);
    return false;
  }
  if (answer.status !== 200) throw unexpected('the file', answer);
  const key = objectKeyOf((await workshop.read()).name, linkObject(number));
  const { key: _key, ...stored } = await store(workshop, key, answer);
  const fileName = fileNameOf(headerValue(answer.headers, 'content-disposition'));
  await writeLink(workshop, number, {
    ...link,
    stored: { ...stored, ...(fileName === undefined ? {} : { fileName }) },
  });
  return true;
};

type Fetched = { readonly hasFile: boolean; readonly nextHash?: string };

const makeLink = async (
  context: JobContext,
  workshop: Workshop,
  number: number,
  round: number,
  parameters: object | undefined,
): Promise<Fetched | undefined> => {
  const id = `${number}.${round}`;
  const none: Started = { fileId: '', reportId: '', busy: 0 };
  const { fileId, reportId } = await context.poll(`start ${id}`, none, ({ busy }) =>
    start(workshop, number, busy, parameters),
  );
  const waiting: Waiting = { sinceMillis: 0, outcome: 'working' };
  const { outcome, nextHash } = await context.poll(`ready ${id}`, waiting, (state) =>
    askReport(workshop, number, reportId, state),
  );
  if (outcome === 'nothing') return { hasFile: false };
  if (outcome === 'gone') return undefined;
  const { isThere } = await context.step(`transfer ${id}`, async () => ({
    isThere: await fetchLink(workshop, number, fileId),
  }));
  return isThere ? { hasFile: true, ...(nextHash === undefined ? {} : { nextHash }) } : undefined;
};

/**
 * All files of a library, as objects of the run. @param parameters of the tenant; absent = the options of the run.
 * @returns how many files the chain has.
 */
export const makeChain = async (context: JobContext, workshop: Workshop, parameters?: object): Promise<number> => {
  const seen = new Set<string>();
  for (let number = 1; number <= mostLinks; number += 1) {
    const { hasFile, nextHash } = await inRounds((round) => makeLink(context, workshop, number, round, parameters));
    if (!hasFile) return number - 1;
    if (nextHash === undefined) return number;
    if (seen.has(nextHash)) throw new JobFailure('CHAIN_BROKEN', 'The tenant named the same next file twice.');
    seen.add(nextHash);
  }
  throw new JobFailure('CHAIN_BROKEN', `The library has more than ${mostLinks} files.`);
};

const listed = ({ stored, assets }: Link, number: number) => {
  if (!stored) throw new Error(`The link ${number} has no file`);
  return { file: String(number), object: linkObject(number), ...stored, ...(assets === undefined ? {} : { assets }) };
};

const list = async (workshop: Workshop, links: number): Promise<StoredFile> => {
  const { subject, options } = await workshop.read();
  const files = [];
  for (let number = 1; number <= links; number += 1) files.push(listed(await readLink(workshop, number), number));
  return storeManifest(workshop, { kind: 'materials', library: subject, options, files });
};

const run = async (context: JobContext, workshop: Workshop): Promise<StoredFile> => {
  const links = await makeChain(context, workshop);
  return context.step('list', () => list(workshop, links));
};

export const materialsKind: ExportKind = { kind: 'materials', options: MaterialsOptions, run };
