/** Writes the file that a route answers to a new file. */
import { createHash } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { isLoopback } from '../../../shared/http/loopback.ts';
import { UsageError } from '../usage-error.ts';
import { NoAnswer } from './failures.ts';
import type { Host } from './host.ts';
import type { CommandRequest } from './request.ts';
import type { StageAccess } from './stage-client.ts';
import { lostBy, type Outcome, refusalIn, strangeAnswer, withTries } from './tries.ts';

/** Between two parts of the file. */
const silenceMillis = 60_000;

/** The store of a large file. The key is not sent there. */
const followed = (location: string | null): URL => {
  const url = URL.parse(location ?? '');
  if (url && (url.protocol === 'https:' || isLoopback(url.hostname))) return url;
  throw new NoAnswer('The file is at an address without TLS, which is not followed.');
};

/** Only its owner can read it. */
const openNew = async (path: string) =>
  open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      error.code === 'EEXIST' ? `${path} is there already.` : `${path} cannot be written (${error.code}).`,
    );
  });

/** The system may take less at a time than it is given. */
const writeWhole = async (file: FileHandle, chunk: Uint8Array): Promise<void> => {
  for (let done = 0; done < chunk.byteLength; ) done += (await file.write(chunk, done)).bytesWritten;
};

type Written = { readonly bytes: number; readonly sha256: string };

/** Ends the request when nothing comes for too long. */
const watched = () => {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const touch = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(new Error(`nothing came for ${silenceMillis / 1_000} s`)), silenceMillis);
  };
  touch();
  return { signal: controller.signal, touch, end: () => clearTimeout(timer) };
};

const request = async (
  host: Host,
  { baseUrl, key }: StageAccess,
  path: string,
  signal: AbortSignal,
): Promise<Response> => {
  const url = `${baseUrl.href.replace(/\/$/, '')}${path}`;
  const headers = { 'x-api-key': key, 'user-agent': 'signals-facade-operator' };
  const first = await host.fetch(url, { headers, redirect: 'manual', signal });
  if (first.status !== 303) return first;
  return host.fetch(followed(first.headers.get('location')), { redirect: 'error', signal });
};

type Opened = { readonly response: Response; readonly watch: ReturnType<typeof watched> };

const toOutcome = async (
  host: Host,
  access: StageAccess,
  path: string,
  watch: Opened['watch'],
): Promise<Outcome<Opened>> => {
  const response = await request(host, access, path, watch.signal);
  if (response.ok) return { kind: 'answered', answer: { response, watch } };
  const document = await response.json().catch(() => undefined);
  const strange = new NoAnswer(`The file was answered with ${response.status}.`);
  return refusalIn(document, response, host.nowMillis()) ?? strangeAnswer(strange, response);
};

const openOnce = async (host: Host, access: StageAccess, path: string): Promise<Outcome<Opened>> => {
  const watch = watched();
  const outcome = await toOutcome(host, access, path, watch).catch((error) => lostBy(error, 'The file did not come'));
  if (outcome.kind !== 'answered') watch.end();
  return outcome;
};

/** @returns the hash and the size of what was written. @throws NoAnswer for a file that breaks off. */
const copy = async ({ response, watch }: Opened, file: FileHandle): Promise<Written> => {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      watch.touch();
      await writeWhole(file, chunk);
      hash.update(chunk);
      bytes += chunk.byteLength;
    }
    return { bytes, sha256: hash.digest('hex') };
  } catch (error) {
    throw lostBy(error, 'The file did not come whole').error;
  } finally {
    watch.end();
  }
};

/**
 * The request is tried again until the file begins to come. A file that did not come whole is removed. @param path a file that does not exist.
 * @throws UsageError | Refused | NoAnswer
 */
export const download = async (
  host: Host,
  access: StageAccess,
  { method, path: from }: CommandRequest,
  path: string,
): Promise<Written> => {
  const file = await openNew(path);
  try {
    const opening = () => openOnce(host, access, from);
    const { answer } = await withTries(host, access.mostWaitMillis, { method, repetition: 'harmless' }, opening);
    return await copy(answer, file);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
};
