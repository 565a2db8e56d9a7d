/** What the tests of large answers share: an admission on a store in memory, and answers of any size. */
import { PassThrough, Readable } from 'node:stream';
import type { NativeAnswer } from '../../../shared/exchange/exchange.ts';
import { createMemorySlotStore } from '../../../shared/large-answers/adapters/memory.ts';
import { type AdmissionOptions, createAdmission } from '../../../shared/large-answers/admission.ts';
import { createLargeAnswers, type LargeAnswersOptions } from '../../../shared/large-answers/large-answers.ts';
import { createManualClock, exchangeOf } from '../cache/support.ts';

export const mebibyte = 1_048_576;

/** An admission whose renewals the test sets off itself. */
export const setUpAdmission = (overrides: Partial<AdmissionOptions> = {}) => {
  const clock = createManualClock();
  const store = createMemorySlotStore();
  const repeated = new Set<() => void>();
  const failures: string[] = [];
  let ids = 0;
  const admission = createAdmission({
    store,
    clock,
    limits: { perConsumer: 4, inAll: 5, pool: 'native' },
    newId: () => {
      ids += 1;
      return `holder-${ids}`;
    },
    every: (_millis, work) => {
      repeated.add(work);
      return () => void repeated.delete(work);
    },
    onFailure: (what) => void failures.push(what),
    ...overrides,
  });
  return {
    admission,
    clock,
    store,
    failures,
    repeated,
    /** Lets every holder renew its leases, and waits until they have. */
    async renew(): Promise<void> {
      for (const work of repeated) work();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
};

export const setUp = (
  overrides: Partial<AdmissionOptions> = {},
  patience: Pick<LargeAnswersOptions, 'holdMillis' | 'waitMillis' | 'pause'> = { waitMillis: 0 },
) => {
  const parts = setUpAdmission(overrides);
  const limits = { perConsumer: 4, inAll: 5, pool: 'native' };
  const large = createLargeAnswers({ admission: parts.admission, limits, clock: parts.clock, ...patience });
  const background: Promise<void>[] = [];
  const request = { background: (work: Promise<void>): void => void background.push(work) };
  return {
    ...parts,
    background,
    /** One request of `consumerId` that is answered with `answer`. */
    ask: (answer: NativeAnswer, consumerId = 'app', method = 'GET', path = '/entities/e1/export') => {
      const exchange = exchangeOf({ method, path });
      return large.around(
        {
          ...exchange,
          consumer: { ...exchange.consumer, id: consumerId },
          request: { ...exchange.request, ...request },
        },
        async () => answer,
      );
    },
    around: large.around,
  };
};

/** An answer of announced length, whose body has not ended. */
export const announced = (sizeBytes: number): NativeAnswer & { body: PassThrough } => ({
  status: 200,
  headers: [['content-length', String(sizeBytes)]],
  body: new PassThrough(),
});

/** An answer of unannounced length: as many bytes as are wanted, as fast as they are read. */
export const streamed = (sizeBytes: number): NativeAnswer & { body: Readable } => ({
  status: 200,
  headers: [],
  body: Readable.from(
    (function* () {
      for (let left = sizeBytes; left > 0; left -= 65_536) yield Buffer.alloc(Math.min(left, 65_536));
    })(),
    { objectMode: false },
  ),
});
