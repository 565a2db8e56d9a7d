import { Readable } from 'node:stream';

/**
 * A stream of what was read of `source` already and of the rest, or of the failure that ended it. Destroying it destroys
 * `source` too, also when nothing was read of it yet: a generator that never ran closes nothing.
 */
export const resume = (source: Readable, read: Iterable<Buffer>, more: AsyncIterable<Buffer>): Readable => {
  const resumed = Readable.from(
    (async function* () {
      yield* read;
      yield* more;
    })(),
    { objectMode: false },
  );
  resumed.once('close', () => source.destroy());
  return resumed;
};
