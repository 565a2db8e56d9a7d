/** Lets a stream pass as long as it does not show a secret. What could be the beginning of one is held back. */
import { type Duplex, Transform, Writable } from 'node:stream';
import { isTooMuch } from '../http/decode-by-start.ts';
import type { SecretPattern } from './secret-pattern.ts';

/** Looks through bytes as they come; an occurrence may lie across any number of them. */
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

/** Makes the error with which a stream ends that shows the secret, or of which that cannot be told. */
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

/** Of bytes in several codings it cannot be told which of them decode to what: they wait for the end, up to this size. */
const mostHeldBytes = 8_388_608;

/** What decodes to more cannot be told: a few bytes of the upstream could keep the function busy for as long as it may run. */
const defaultMostDecodedBytes = 1_073_741_824;

/** Decodes what is pushed and hands it to `take`. A body that breaks its coding is decoded as far as it holds. */
const createDecoding = (decoders: readonly Duplex[], take: (decoded: Buffer) => void) => {
  const [first, last] = [decoders[0] as Duplex, decoders.at(-1) as Duplex];
  let isOver = false;
  let hasGivenUp = false;
  let waiting = (): void => {};
  /** Later, since zlib may call back before its last data is read. */
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
  // What follows the end of the encoded bytes decodes to nothing.
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
    /** There is more than may be decoded. */
    hasGivenUp: (): boolean => hasGivenUp,
    /** @param done told when all that these bytes decode to was taken, where there is one decoder. */
    push: (chunk: Buffer, done: () => void): void => wait(() => first.write(chunk, goOn), done),
    end: (done: () => void): void => wait(() => first.end(), done),
    destroy,
  };
};

type Held = { readonly chunk: Buffer; readonly rawEnd: number; readonly decodedEnd: number };

/** Passes encoded bytes on once what they decode to is clear, one chunk later: a decoder may lag behind. */
const holdBackEncoded = (
  pattern: SecretPattern,
  refuse: Refuse,
  decoders: readonly Duplex[],
  mostDecodedBytes: number,
): Transform => {
  const raw = createScanner(pattern);
  const decoded = createScanner(pattern);
  const held: Held[] = [];
  let heldBytes = 0;
  const decoding = createDecoding(decoders, (bytes) => {
    decoded.push(bytes);
    if (decoded.isFound() || isTooLarge()) decoding.destroy();
  });
  const isTooLarge = (): boolean => decoding.hasGivenUp() || decoded.seenBytes() > mostDecodedBytes;
  const isFound = (): boolean => raw.isFound() || decoded.isFound();

  const release = (stream: Transform, isPast: (one: Held) => boolean): void => {
    while (held[0] && isPast(held[0])) {
      const [{ chunk }] = held.splice(0, 1) as [Held];
      heldBytes -= chunk.byteLength;
      stream.push(chunk);
    }
  };
  const isPast = ({ rawEnd, decodedEnd }: Held): boolean =>
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
 * The part of a pipeline that fails where the secret is, with nothing of it passed on.
 * @param decoders take off the content codings of the bytes, the last one first; none for bytes as they are.
 * @param mostDecodedBytes bytes that decode to more are refused as `unchecked`.
 */
export const createSecretFilter = (
  pattern: SecretPattern,
  refuse: Refuse,
  decoders: readonly Duplex[],
  mostDecodedBytes: number = defaultMostDecodedBytes,
): Transform =>
  decoders.length === 0 ? holdBack(pattern, refuse) : holdBackEncoded(pattern, refuse, decoders, mostDecodedBytes);
