/** A decoder that looks at the first bytes before it decides what they are in, and again where one coded part ends. */
import { once } from 'node:events';
import { Duplex, type Transform } from 'node:stream';

/** As those of node:zlib: what they leave unread is the rest of the last bytes written. */
export type PartDecoder = Transform & { readonly bytesWritten: number };

type Part = { readonly decoder: PartDecoder; readonly ended: Promise<unknown> };

/** So many bytes show what a part is in. */
const startBytes = 4;

/** Each part takes a decoder of its own: parts of a few bytes would keep the function busy for as long as it may run. */
const mostParts = 4_096;

/** As node:zlib says it of what decodes to more than it may: whether the rest is harmless cannot be told. */
export const tooMuch = (what: string): Error => Object.assign(new Error(what), { code: 'ERR_BUFFER_TOO_LARGE' });
export const isTooMuch = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException | undefined)?.code === 'ERR_BUFFER_TOO_LARGE';

/**
 * @param choose the decoder of a part that begins so; undefined where nothing that can be decoded does: the rest decodes to
 * nothing. The last bytes of a body may be fewer.
 */
export const createDecoderByStart = (choose: (start: Buffer) => PartDecoder | undefined): Duplex => {
  let part: Part | undefined;
  let held: Buffer = Buffer.alloc(0);
  let isOver = false;
  let parts = 0;

  const open = (start: Buffer): Part | undefined => {
    const chosen = choose(start);
    if (chosen === undefined) return undefined;
    parts += 1;
    if (parts > mostParts) throw tooMuch(`The body has more than ${mostParts} coded parts.`);
    const ended = once(chosen, 'end');
    ended.catch((error: Error) => duplex.destroy(error));
    chosen.on('data', (bytes: Buffer) => {
      if (!duplex.push(bytes)) chosen.pause();
    });
    return { decoder: chosen, ended };
  };

  /** How many of the bytes the part takes; all that they decode to was read once it has ended. */
  const take = async ({ decoder, ended }: Part, bytes: Buffer): Promise<number> => {
    const before = decoder.bytesWritten;
    await new Promise<void>((resolve) => decoder.write(bytes, () => setImmediate(resolve)));
    const taken = decoder.bytesWritten - before;
    if (taken < bytes.byteLength) await ended;
    return taken;
  };

  const feed = async (chunk: Buffer, isLast: boolean): Promise<void> => {
    let rest = Buffer.concat([held, chunk]);
    held = Buffer.alloc(0);
    while (rest.byteLength > 0 && !isOver) {
      if (part === undefined && rest.byteLength < startBytes && !isLast) {
        held = rest;
        return;
      }
      part ??= open(rest);
      const taken = part ? await take(part, rest) : 0;
      if (taken === rest.byteLength) return;
      part = undefined;
      isOver = taken === 0;
      rest = rest.subarray(taken);
    }
  };

  const duplex = new Duplex({
    read: () => void part?.decoder.resume(),
    write(chunk: Buffer, _encoding, done) {
      feed(chunk, false).then(() => done(), done);
    },
    final(done) {
      const finish = async (): Promise<void> => {
        await feed(Buffer.alloc(0), true);
        part?.decoder.end();
        await part?.ended;
        duplex.push(null);
      };
      finish().then(() => done(), done);
    },
    destroy(error, done) {
      part?.decoder.destroy();
      done(error);
    },
  });
  return duplex;
};
