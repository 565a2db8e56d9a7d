/** Writes the file that a route answers to a new file. */
import { createHash } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { isLoopback } from '../../stage-access.ts';
import { UsageError } from '../usage-error.ts';
import { NoAnswer, Refused } from './failures.ts';
import type { Host } from './host.ts';
import type { CommandRequest } from './request.ts';
import type { StageAccess } from './stage-client.ts';

/** Between two parts of the file. */
const silenceMillis = 60_000;

/** The store of a large file. The key is not sent there. */
const followed = (location: string | null): URL => {
  const url = URL.parse(location ?? '');
  if (url && (url.protocol === 'https:' || isLoopback(url.hostname))) return url;
  throw new NoAnswer('The file is at an address without TLS, which is not followed.');
};

const fail = async (response: Response): Promise<never> => {
  const document = (await response.json().catch(() => undefined)) as { errors?: unknown } | undefined;
  if (Array.isArray(document?.errors)) throw new Refused(response.status, document.errors);
  throw new NoAnswer(`The file was answered with ${response.status}.`);
};

const openAnswer = async (
  host: Host,
  { baseUrl, key }: StageAccess,
  path: string,
  signal: AbortSignal,
): Promise<Response> => {
  const url = `${baseUrl.href.replace(/\/$/, '')}${path}`;
  const headers = { 'x-api-key': key, 'user-agent': 'signals-facade-operator' };
  const first = await host.fetch(url, { headers, redirect: 'manual', signal });
  const response =
    first.status === 303
      ? await host.fetch(followed(first.headers.get('location')), { redirect: 'error', signal })
      : first;
  return response.ok ? response : fail(response);
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
    timer = setTimeout(() => controller.abort(new NoAnswer('The file stopped to come.')), silenceMillis);
  };
  touch();
  return { signal: controller.signal, touch, end: () => clearTimeout(timer) };
};

/**
 * A file that did not come whole is removed. @param path a file that does not exist.
 * @throws UsageError | Refused | NoAnswer
 */
export const download = async (
  host: Host,
  access: StageAccess,
  request: CommandRequest,
  path: string,
): Promise<Written> => {
  const file = await openNew(path);
  const { signal, touch, end } = watched();
  try {
    const response = await openAnswer(host, access, request.path, signal);
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      touch();
      await writeWhole(file, chunk);
      hash.update(chunk);
      bytes += chunk.byteLength;
    }
    return { bytes, sha256: hash.digest('hex') };
  } catch (error) {
    await rm(path, { force: true });
    if (error instanceof Refused || error instanceof NoAnswer) throw error;
    const { message, cause } = error as Error & { cause?: { code?: string } };
    throw new NoAnswer(`The file did not come whole: ${cause?.code ?? message}.`);
  } finally {
    end();
    await file.close();
  }
};
