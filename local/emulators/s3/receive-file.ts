/** Bytes on their way into the store: a file that the last step of a write keeps, or that goes again. */
import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { type ChecksumAlgorithm, createChecksum } from './checksums.ts';
import type { S3Request } from './request.ts';
import type { Store } from './store.ts';
import { type BodyFacts, type BodySink, readVerified } from './verified-body.ts';

export type ReceivedFile = { readonly path: string; readonly facts: BodyFacts };

/** Receives the body into a file, with a checksum by `fallback` where the client names none. @throws as `readVerified` */
export const receiveFile = (request: S3Request, store: Store, fallback?: ChecksumAlgorithm): Promise<ReceivedFile> =>
  intoFile(store, (sink) => readVerified(request, sink, { fallback }));

/** Writes bytes that are in the store already into a file of their own. */
export const writeFile = (
  store: Store,
  source: AsyncIterable<Buffer>,
  algorithm: ChecksumAlgorithm | undefined,
): Promise<ReceivedFile> =>
  intoFile(store, async (sink) => {
    const md5 = createHash('md5');
    const running = algorithm && createChecksum(algorithm);
    let sizeBytes = 0;
    for await (const chunk of source) {
      sizeBytes += chunk.length;
      md5.update(chunk);
      running?.update(chunk);
      await sink(chunk);
    }
    const checksum = running && algorithm && { algorithm, value: running.digest().toString('base64') };
    return { sizeBytes, md5: md5.digest(), checksum };
  });

/** Nothing remains of the file when a digest is wrong or the source breaks. */
const intoFile = async (store: Store, fill: (sink: BodySink) => Promise<BodyFacts>): Promise<ReceivedFile> => {
  const path = store.newIncomingPath();
  const file = await open(path, 'wx');
  try {
    const facts = await fill((chunk) => file.writeFile(chunk));
    await file.close();
    return { path, facts };
  } catch (error) {
    await file.close().catch(() => {});
    await rm(path, { force: true });
    throw error;
  }
};

/** Runs the last, synchronous step of a write; its file goes when the step refuses. */
export const keepUnlessRefused = async <Result>(path: string, step: () => Result): Promise<Result> => {
  try {
    return step();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
};
