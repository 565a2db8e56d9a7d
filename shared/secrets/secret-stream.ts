/** Passes a stream on as long as it does not contain a secret. Bytes that could begin one are held back. */
import { type Duplex, Transform, Writable } from 'node:stream';
import { isTooMuch } from '../http/decode-by-start.ts';
import type { SecretPattern } from './secret-pattern.ts';

/** Searches bytes as they arrive. An occurrence may span any number of chunks. */
const createScanner = (pattern: SecretPattern) => {
  let tail: Buffer = Buffer.alloc(0);
  let seenBytes = 0;
  let isFound = false;
  return {
    push(chunk: Buffer): void {
      const bytes = tail.byteLength === 0 ? chunk : Buffer.concat([tail, chunk]);
      isFound ||= pattern.isIn(bytes.toString('latin1'));
      seenBytes += chunk.byteLength;
      tail = bytes.subarray(Math.max(0, bytes.byteLength - pattern.mostBytes));
    },
    isFound: (): boolean => isFound,
    /** Whether no occurrence can begin in the first `bytes`. */
    isClear: (bytes: number): boolean => bytes + pattern.mostBytes <= seenBytes,
    seenBytes: (): number => seenBytes,
  };
};

/** Makes the error that ends a stream which contains the secret, or cannot be checked. */
export type Refuse = (why: 'shown' | 'unchecked') => Error;

const holdBack = (pattern: SecretPattern, refuse: Refuse): Transform => {
  let held: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const bytes = held.byteLength === 0 ? chunk : Buffer.concat([held, chunk]);
      if (pattern.isIn(bytes.toString('latin1'))) return done(refuse('shown'));
      const clearBytes = Math.max(0, bytes.byteLength - pattern.mostBytes);
      held = bytes.subarray(clearBytes);
      done(null, bytes.subarray(0, clearBytes));
    },
    flush: (done) => done(null, held),
  });
};

/**
 * With several codings, it is unknown which encoded bytes decode to which: they are held until the end, up to this
 * size.
 */
const mostHeldBytes = 8_388_608;

/**
 * Bodies that decode to more are not checked to the end: a few bytes could keep the function busy until its time-out.
 */
const defaultMostDecodedBytes = 1_073_741_824;

/** Decodes pushed bytes and passes them to `take`. A body that breaks its coding is decoded up to there. */
const createDecoding = (decoders: readonly Duplex[], take: (decoded: Buffer) => void) => {
  const [first, last] = [decoders[0] as Duplex, decoders.at(-1) as Duplex];
  let isOver = false;
  let hasGivenUp = false;
  let waiting = (): void => {};
  /** Deferred, because zlib may call back before its last data is read. */
  const goOn = (): void => void setImmediate(() => waiting());
  const destroy = (): void => {
    isOver = true;
    for (const decoder of decoders) decoder.destroy();
    goOn();
  };
  for (const [index, decoder] of decoders.entries()) {
    decoder.on('error', (error) => {
      hasGivenUp ||= isTooMuch(error);
      destroy();
    });
    decoder.pipe(decoders[index + 1] ?? new Writable({ write: (bytes, _encoding, done) => done(void take(bytes)) }));
  }
  // Bytes after the end of the encoded data decode to nothing.
  last.once('end', () => {
    isOver = true;
    goOn();
  });

  /** Runs `step`, and `done` once it is through, or when there is nothing more to decode. */
  const wait = (step: () => void, done: () => void): void => {
    waiting = () => {
      waiting = () => {};
      done();
    };
    if (isOver) goOn();
    else step();
  };
  return {
    isOver: (): boolean => isOver,
    /** The body decodes to more than is allowed. */
    hasGivenUp: (): boolean => hasGivenUp,
    /** @param done called when everything that these bytes decode to was taken, if there is one decoder. */
    push: (chunk: Buffer, done: () => void): void => wait(() => first.write(chunk, goOn), done),
    end: (done: () => void): void => wait(() => first.end(), done),
    destroy,
  };
};

type HeldChunk = { readonly chunk: Buffer; readonly rawEnd: number; readonly decodedEnd: number };

/** Passes encoded bytes on once what they decode to is clear, one chunk later: a decoder may lag behind. */
const holdBackEncoded = (
  pattern: SecretPattern,
  refuse: Refuse,
  decoders: readonly Duplex[],
  mostDecodedBytes: number,
): Transform => {
  const raw = createScanner(pattern);
  const decoded = createScanner(pattern);
  const held: HeldChunk[] = [];
  let heldBytes = 0;
  const decoding = createDecoding(decoders, (bytes) => {
    decoded.push(bytes);
    if (decoded.isFound() || isTooLarge()) decoding.destroy();
  });
  const isTooLarge = (): boolean => decoding.hasGivenUp() || decoded.seenBytes() > mostDecodedBytes;
  const isFound = (): boolean => raw.isFound() || decoded.isFound();

  const release = (stream: Transform, isPast: (one: HeldChunk) => boolean): void => {
    while (held[0] && isPast(held[0])) {
      const [{ chunk }] = held.splice(0, 1) as [HeldChunk];
      heldBytes -= chunk.byteLength;
      stream.push(chunk);
    }
  };
  const isPast = ({ rawEnd, decodedEnd }: HeldChunk): boolean =>
    held.length > 1 && raw.isClear(rawEnd) && (decoding.isOver() || decoded.isClear(decodedEnd));

  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      raw.push(chunk);
      decoding.push(chunk, () => {
        held.push({ chunk, rawEnd: raw.seenBytes(), decodedEnd: decoded.seenBytes() });
        heldBytes += chunk.byteLength;
        if (isFound()) return done(refuse('shown'));
        const isHeldTooLong = decoders.length > 1 && heldBytes > mostHeldBytes;
        if (isHeldTooLong || isTooLarge()) return done(refuse('unchecked'));
        if (decoders.length === 1) release(this, isPast);
        done();
      });
    },
    flush(done) {
      decoding.end(() => {
        if (isFound()) return done(refuse('shown'));
        if (isTooLarge()) return done(refuse('unchecked'));
        release(this, () => true);
        done();
      });
    },
    destroy(error, done) {
      decoding.destroy();
      done(error);
    },
  });
};

/**
 * A pipeline stage that fails at the secret and passes nothing of it on.
 * @param decoders remove the content codings of the bytes, the last one first; none for plain bytes.
 * @param mostDecodedBytes bytes that decode to more are refused as `unchecked`.
 */
export const createSecretFilter = (
  pattern: SecretPattern,
  refuse: Refuse,
  decoders: readonly Duplex[],
  mostDecodedBytes: number = defaultMostDecodedBytes,
): Transform =>
  decoders.length === 0 ? holdBack(pattern, refuse) : holdBackEncoded(pattern, refuse, decoders, mostDecodedBytes);
