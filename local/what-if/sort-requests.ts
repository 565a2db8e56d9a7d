/**
 * Sorts the requests of a log by time, and drops those that come twice. A log may have them in any order, the newest first
 * included. More than fit into memory are sorted in parts, which are written to a folder and merged when they are read.
 */
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LoggedRequest } from '../../shared/what-if/logged-request.ts';

const mostInMemory = 50_000;

const compare = (one: LoggedRequest, other: LoggedRequest): number =>
  one.atMillis - other.atMillis || (one.id < other.id ? -1 : one.id > other.id ? 1 : other.count - one.count);

type Head = { readonly request: LoggedRequest; readonly rest: AsyncIterator<LoggedRequest> | Iterator<LoggedRequest> };

async function* linesOf(file: string): AsyncGenerator<LoggedRequest> {
  for await (const line of createInterface({ input: createReadStream(file) })) yield JSON.parse(line) as LoggedRequest;
}

/** The next of each part; there are few parts, so a search through all of them is fast. */
async function* merge(parts: readonly (AsyncIterator<LoggedRequest> | Iterator<LoggedRequest>)[]) {
  const headOf = async (rest: Head['rest']): Promise<Head | undefined> => {
    const { done, value } = await rest.next();
    return done ? undefined : { request: value, rest };
  };
  const heads = (await Promise.all(parts.map(headOf))).filter((head) => head !== undefined);
  while (heads.length > 0) {
    let least = 0;
    for (let index = 1; index < heads.length; index += 1)
      if (compare((heads[index] as Head).request, (heads[least] as Head).request) < 0) least = index;
    const { request, rest } = heads[least] as Head;
    yield request;
    const next = await headOf(rest);
    if (next) heads[least] = next;
    else heads.splice(least, 1);
  }
}

export type SortedRequests = {
  /** From the first to the last. May be called again. */
  readonly read: () => AsyncIterable<LoggedRequest>;
  /** Requests that came more than once in the log, as the last reading found. */
  readonly repeated: () => number;
  /** Removes what was written. */
  readonly end: () => Promise<void>;
};

/** @param mostKept requests in memory at once; a test sets few. */
export const sortRequests = async (
  requests: AsyncIterable<LoggedRequest> | Iterable<LoggedRequest>,
  mostKept = mostInMemory,
): Promise<SortedRequests> => {
  const files: string[] = [];
  let kept: LoggedRequest[] = [];
  let folder: string | undefined;
  let repeated = 0;

  const write = async (): Promise<void> => {
    folder ??= await mkdtemp(join(tmpdir(), 'what-if-'));
    const file = join(folder, String(files.length));
    await writeFile(
      file,
      kept.sort(compare).map((request) => `${JSON.stringify(request)}\n`),
      { mode: 0o600 },
    );
    files.push(file);
    kept = [];
  };

  const end = async (): Promise<void> => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  };

  try {
    for await (const request of requests) {
      kept.push(request);
      if (kept.length >= mostKept) await write();
    }
  } catch (error) {
    await end();
    throw error;
  }
  kept.sort(compare);

  async function* read(): AsyncGenerator<LoggedRequest> {
    let before: LoggedRequest | undefined;
    repeated = 0;
    for await (const request of merge([...files.map(linesOf), kept[Symbol.iterator]()])) {
      // A sum of hits that was read while it grew: the larger one comes first.
      if (before && before.id === request.id && before.atMillis === request.atMillis) repeated += 1;
      else yield request;
      before = request;
    }
  }
  return { read, repeated: () => repeated, end };
};
