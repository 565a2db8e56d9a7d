/**
 * Limits the large answers in flight, so that one consumer's downloads cannot use every instance. Small answers pass
 * without a call to the store.
 */
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors/app-error.ts';
import { failedAs } from '../exchange/credential.ts';
import type { Exchange, NativeAnswer } from '../exchange/exchange.ts';
import { isRepeatable } from '../exchange/repeatable.ts';
import { headerValue } from '../http/headers.ts';
import { streamOf } from '../streams/chunks.ts';
import type { Clock } from '../time/clock.ts';
import { endsWithin } from '../time/within.ts';
import { type Admission, freeTicket, type LargeAnswerLimits, type RefusedBy, type Ticket } from './admission.ts';
import { countBody, largeBytes } from './counted-body.ts';

export type LargeAnswersOptions = {
  readonly admission: Admission;
  readonly limits: LargeAnswerLimits;
  readonly clock: Clock;
  /**
   * How long the headers of an answer of unknown length are held back until it is known to be small, so that it can be
   * refused.
   */
  readonly holdMillis?: number;
  /** How long an answer that can no longer be refused waits for a slot before it breaks off. */
  readonly waitMillis?: number;
  /** The pause between two tries of such an answer; a test passes one that it ends itself. */
  readonly pause?: (millis: number) => Promise<unknown>;
};

type Kinded = Pick<Exchange['operation'], 'kind'>;
/** What is known of a request that may have a large answer, the tenant's or a file of the facade's. */
export type CountedExchange = Pick<Exchange, 'consumer' | 'decision'> & {
  readonly operation: Kinded;
  readonly lookalike?: Kinded | undefined;
  readonly request: Pick<Exchange['request'], 'method' | 'deadlineMillis' | 'background'>;
};
type Body = NonNullable<NativeAnswer['body']>;

/** An estimate: a slot comes free when another answer has left, which cannot be predicted. */
const retryAfterSeconds = 5;
const pauseMillis = 500;

/** The result can be fetched only once, so a slot is needed before the upstream is called. */
const mayWorkOnlyOnce = ({ operation, lookalike, request }: CountedExchange): boolean =>
  request.method !== 'HEAD' && [operation, lookalike].some((one) => one?.kind === 'async-result');

/** Bytes of a body; undefined if not known yet. */
const sizeOf = (body: Body, headers: NativeAnswer['headers']): number | undefined => {
  if (body instanceof Uint8Array) return body.byteLength;
  const announced = headerValue(headers, 'content-length');
  return announced === undefined ? undefined : Number(announced);
};

const toStream = (body: Body): Readable => (body instanceof Uint8Array ? streamOf(body) : body);

const discard = (body: Body): void => {
  if (!(body instanceof Uint8Array)) body.destroy();
};

const ignoreError = (): void => {};

const isRefusal = (error: unknown): boolean =>
  error instanceof AppError && ['TOO_MANY_LARGE_ANSWERS', 'LARGE_ANSWERS_UNAVAILABLE'].includes(error.code);

export const createLargeAnswers = (options: LargeAnswersOptions) => {
  const {
    admission,
    limits,
    clock,
    holdMillis = 1_000,
    waitMillis = 5_000,
    pause = (millis) => sleep(millis),
  } = options;

  const refusal = (refusedBy: RefusedBy, { consumer, decision }: CountedExchange, sent: boolean): AppError => {
    if (refusedBy === 'large-answers-slow-store')
      return new AppError('LARGE_ANSWERS_UNAVAILABLE', {
        detail:
          'The answer is above 1 MiB, and the store that counts such answers is too slow at the moment. Try again.',
        retryAfterSeconds,
        ...(sent ? {} : { sent: false }),
      });
    if (decision) decision.refusal = { limit: refusedBy, retryAtMillis: clock.nowMillis() + retryAfterSeconds * 1_000 };
    const whose =
      refusedBy === 'large-answers-consumer'
        ? `${consumer.id} has ${limits.perConsumer} answers above 1 MiB in flight, the most for one consumer.`
        : `${limits.inAll} answers above 1 MiB are in flight, the most for all consumers together.`;
    return new AppError('TOO_MANY_LARGE_ANSWERS', {
      detail: `${whose} Finish or close one of your downloads, then try again.`,
      retryAfterSeconds,
      ...(sent ? {} : { sent: false }),
    });
  };

  /** One answer: it has a ticket from `enter` until its stream has closed. */
  const createPassage = (exchange: CountedExchange) => {
    let ticket: Ticket = freeTicket;
    let stream: Readable | undefined;
    let entering: Promise<unknown> = Promise.resolve();
    const lost = (refusedBy: RefusedBy): void => void stream?.destroy(refusal(refusedBy, exchange, true));
    const untilMillis = exchange.request.deadlineMillis;

    /** Undefined = entered. */
    const tryToEnter = async (): Promise<RefusedBy | undefined> => {
      const { background } = exchange.request;
      const entered = admission.enter({ consumerId: exchange.consumer.id, untilMillis, lost, background });
      entering = entered;
      const entry = await entered;
      if ('refusedBy' in entry) return entry.refusedBy;
      ticket = entry.ticket;
      return undefined;
    };
    /** The caller may leave while slots are being taken. They are given back then too. */
    const leave = async (): Promise<void> => {
      await entering;
      await ticket.leave();
    };

    return {
      async enter(sent: boolean): Promise<void> {
        const refusedBy = await tryToEnter();
        if (refusedBy) throw refusal(refusedBy, exchange, sent);
      },
      async enterPatiently(): Promise<void> {
        const giveUpMillis = clock.nowMillis() + waitMillis;
        for (;;) {
          const refusedBy = await tryToEnter();
          if (refusedBy === undefined) return;
          const isLast = clock.nowMillis() + pauseMillis > giveUpMillis;
          if (!isLast) await pause(pauseMillis);
          // The stream of a caller that has left closes no more, so it would not give a slot back.
          if (isLast || stream?.destroyed) throw refusal(refusedBy, exchange, true);
        }
      },
      leave,
      /** Leaves when the stream has closed; the function is not frozen before. */
      follow(body: Readable): Readable {
        stream = body;
        const left = new Promise<void>((resolve) => {
          const end = (): void => void leave().then(resolve);
          // Its connection may have broken while slots were being taken.
          if (body.closed) end();
          else body.once('close', end);
        });
        exchange.request.background?.(left);
        return body;
      },
    };
  };
  type Passage = ReturnType<typeof createPassage>;

  /** A read can be retried, so it is refused while its status has not been sent. */
  const passRead = async (answer: NativeAnswer, body: Body, size: number | undefined, passage: Passage) => {
    if (size !== undefined) {
      // Its connection may break while slots are being taken. With nobody listening, that would end the process.
      const stream = toStream(body).on('error', ignoreError);
      await passage.enter(true).catch((error: unknown) => {
        discard(stream);
        throw error;
      });
      return { ...answer, body: passage.follow(stream) };
    }
    let mayRefuse = true;
    let isAsking = false;
    const enter = (): Promise<void> => {
      isAsking = mayRefuse;
      return mayRefuse ? passage.enter(true) : passage.enterPatiently();
    };
    const counted = countBody(toStream(body), enter);
    passage.follow(counted.body).on('error', ignoreError);
    const decide = async (): Promise<void> => {
      if (await endsWithin(counted.decided, holdMillis)) return;
      // It is known to be large and the store is slow: the headers wait as long as the answer may be refused.
      if (isAsking) await counted.decided;
    };
    await decide().catch((error: unknown) => {
      if (isRefusal(error)) throw error;
    });
    mayRefuse = false;
    return { ...answer, body: counted.body };
  };

  /**
   * A write that was carried out cannot be refused, because the caller needs the status. Its body breaks off after the
   * first megabyte.
   */
  const passDone = (answer: NativeAnswer, body: Body, passage: Passage): NativeAnswer => ({
    ...answer,
    body: passage.follow(countBody(toStream(body), passage.enterPatiently).body),
  });

  const bound = async (exchange: CountedExchange, answer: NativeAnswer, passage: Passage, hasEntered: boolean) => {
    const { body, headers } = answer;
    const size = body === undefined ? 0 : sizeOf(body, headers);
    if (body === undefined || (size !== undefined && size <= largeBytes)) {
      await passage.leave();
      return answer;
    }
    if (hasEntered) return { ...answer, body: passage.follow(toStream(body)) };
    return isRepeatable(exchange.operation) ? passRead(answer, body, size, passage) : passDone(answer, body, passage);
  };

  return {
    /**
     * Answers with what `run` answers, once its body may be sent.
     * @throws what `run` throws; AppError TOO_MANY_LARGE_ANSWERS, or LARGE_ANSWERS_UNAVAILABLE when nobody can tell in time, for
     * a read, or before `run` for a result that may work only once.
     */
    async around(exchange: CountedExchange, run: () => Promise<NativeAnswer>): Promise<NativeAnswer> {
      const passage = createPassage(exchange);
      const isOnce = mayWorkOnlyOnce(exchange);
      if (isOnce) await passage.enter(false);
      try {
        const answer = await run();
        return await bound(exchange, answer, passage, isOnce).catch((error: unknown) => {
          throw failedAs(answer.actedAs, error);
        });
      } catch (error) {
        await passage.leave();
        throw error;
      }
    },
  };
};
export type LargeAnswers = ReturnType<typeof createLargeAnswers>;
