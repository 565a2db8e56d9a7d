/** Serves files of a fixed list, which stay in memory after the first read, with compressed copies and validators. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Headers, headerValue } from '../../shared/http/headers.ts';
import { acceptedCoding, type Coding, codings } from './accepted-coding.ts';
import type { HttpReply } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';

/** Bytes in every coding that they are kept in. */
export type Representation = {
  readonly etag: string;
  readonly identity: Uint8Array;
} & { readonly [name in Coding]?: Uint8Array };

/** Weak, since one validator stands for all codings of the same bytes. */
export const etagOf = (bytes: Uint8Array): string =>
  `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;

const opaqueTag = (tag: string): string => tag.trim().replace(/^W\//, '');

const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  (ifNoneMatch ?? '').split(',').some((tag) => tag.trim() === '*' || opaqueTag(tag) === opaqueTag(etag));

/** Answers GET and HEAD: 304 when the caller has these bytes already, else in the best coding that it accepts. */
export const toReply = (request: HttpRequest, representation: Representation, headers: Headers): HttpReply => {
  const common: Headers = [...headers, ['etag', representation.etag], ['vary', 'accept-encoding']];
  if (isKnown(headerValue(request.headers, 'if-none-match'), representation.etag)) {
    return { status: 304, headers: common, body: undefined };
  }
  const coding = acceptedCoding(headerValue(request.headers, 'accept-encoding'));
  const coded = coding && representation[coding];
  const bytes = coded ?? representation.identity;
  const length: Headers = [['content-length', String(bytes.byteLength)]];
  return {
    status: 200,
    headers: [...common, ...length, ...(coded ? ([['content-encoding', coding]] as Headers) : [])],
    body: request.method === 'HEAD' ? undefined : bytes,
  };
};

const readOptional = (path: string): Promise<Uint8Array | undefined> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

const load = async (path: string): Promise<Representation> => {
  const identity = await readFile(path);
  const [br, gzip] = await Promise.all([readOptional(path + codings.br), readOptional(path + codings.gzip)]);
  return { etag: etagOf(identity), identity, ...(br ? { br } : {}), ...(gzip ? { gzip } : {}) };
};

/** @param names the only file names that are read in `folder`; no other text reaches the file system. */
export const createStaticFiles = (folder: string, names: readonly string[]) => {
  const loaded = new Map<string, Promise<Representation>>();
  return {
    /** Undefined for a name that is not on the list. @throws when a file of the list is missing. */
    read(name: string): Promise<Representation> | undefined {
      if (!names.includes(name)) return undefined;
      const present = loaded.get(name) ?? load(join(folder, name));
      loaded.set(name, present);
      present.catch(() => loaded.delete(name));
      return present;
    },
  };
};
