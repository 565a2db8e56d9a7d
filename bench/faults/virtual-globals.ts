/**
 * Puts this whole process on a clock that jumps from timer to timer: `Date`, `performance.now`, timers and the time-outs of sockets. Load
 * it before everything else: `node --import bench/faults/virtual-globals.ts`. Then functions, emulators, gateway and tenant that run in
 * this process share one time, and minutes pass in seconds. Sockets are real. Time stands still until their work is done.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import { createVirtualTime } from '../../shared/simulation/virtual-time.ts';
import { currentInstance } from './instance.ts';

const RealDate = Date;
const turn = setImmediate;

/** Turns of the event loop without an event, after which all is taken to be done. Work of other threads (zlib, files) takes some. */
const quietTurns = 8;
const loopEvents = (): number => performance.nodeTiming.uvMetricsInfo.events;
let holds = 0;

/** Resolves when the event loop has had nothing to do for some turns. */
const settle = (): Promise<void> =>
  new Promise((resolve) => {
    let seen = loopEvents();
    let quiet = 0;
    const look = (): void => {
      const now = loopEvents();
      quiet = now === seen && holds === 0 ? quiet + 1 : 0;
      seen = now;
      if (quiet >= quietTurns) resolve();
      else turn(look);
    };
    turn(look);
  });

/** The first instant of each run, so that runs are alike. */
const epochMillis = RealDate.parse('2026-06-15T12:00:00Z');
const time = createVirtualTime(settle);

/** By the clock of the instance that asks. */
const wallMillis = (): number => Math.floor(epochMillis + time.now() + (currentInstance()?.skewMillis ?? 0));

class VirtualDate extends RealDate {
  static override now = wallMillis;
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof RealDate;
  }
  constructor(...given: [] | [number]) {
    super(...((given.length === 0 ? [wallMillis()] : given) as [number]));
  }
}

/** fauxqs looks every 20 ms whether a message came while a poll waits. That often would be most of a run. */
const shortestIntervalMillis = 1_000;

class VirtualTimer {
  readonly #millis: number;
  readonly #run: () => void;
  readonly #repeats: boolean;
  readonly #instance = currentInstance();
  #turn = 0;
  #isOff = false;

  constructor(run: () => void, millis: number | undefined, repeats: boolean) {
    const asked = Math.max(1, Number(millis) || 1);
    this.#millis = repeats ? Math.max(shortestIntervalMillis, asked) : asked;
    this.#repeats = repeats;
    const inContext = AsyncLocalStorage.snapshot();
    this.#run = () => inContext(run);
    this.refresh();
  }

  refresh(): this {
    this.#isOff = false;
    this.#turn += 1;
    this.#wait(time.now() + this.#millis, this.#turn);
    return this;
  }

  /** The timers of a frozen instance run when it thaws. */
  #wait(atMillis: number, ownTurn: number): void {
    const fire = (): void => {
      const thawMillis = this.#instance?.thawMillis() ?? 0;
      if (thawMillis > time.now()) return void this.#wait(thawMillis, ownTurn);
      if (this.#repeats) this.refresh();
      else this.#isOff = true;
      this.#run();
    };
    if (Number.isFinite(atMillis)) time.at(atMillis, fire, () => this.#isOff || this.#turn !== ownTurn);
  }

  close(): this {
    this.#isOff = true;
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  hasRef(): boolean {
    return !this.#isOff;
  }
  [Symbol.toPrimitive](): number {
    return 0;
  }
  [Symbol.dispose](): void {
    this.close();
  }
}

type Callback = (...values: unknown[]) => void;

const start =
  (repeats: boolean) =>
  (callback: Callback, millis?: number, ...values: unknown[]): VirtualTimer =>
    new VirtualTimer(() => callback(...values), millis, repeats);

const { setTimeout: setReal, clearTimeout: clearReal } = timers;
/** Of the real clock: a machine may be busy, and what never ends must not hold a run for ever. */
const mostHeldMillis = 300_000;
const stop = (timer: unknown): void => {
  if (timer instanceof VirtualTimer) timer.close();
  else clearReal(timer as NodeJS.Timeout);
};

const wait = <Value>(millis?: number, value?: Value, { signal }: { signal?: AbortSignal } = {}): Promise<Value> =>
  new Promise((resolve, reject) => {
    const abort = (): void => {
      timer.close();
      reject(Object.assign(new Error('The operation was aborted', { cause: signal?.reason }), { name: 'AbortError' }));
    };
    const timer = new VirtualTimer(
      () => {
        signal?.removeEventListener('abort', abort);
        resolve(value as Value);
      },
      millis,
      false,
    );
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });

const timeout = (millis: number): AbortSignal => {
  const controller = new AbortController();
  const late = (): void => controller.abort(new DOMException('The operation timed out.', 'TimeoutError'));
  new VirtualTimer(late, millis, false);
  return controller.signal;
};

const replaced = {
  setTimeout: Object.assign(start(false), { [promisify.custom]: wait }),
  setInterval: start(true),
  clearTimeout: stop,
  clearInterval: stop,
};
Object.assign(globalThis, replaced, { Date: VirtualDate });
Object.assign(timers, replaced);
Object.assign(timersPromises, { setTimeout: wait });
Object.assign(timersPromises.scheduler, { wait });
Object.assign(AbortSignal, { timeout });
Object.assign(performance, { now: () => time.now() });
// Sockets measure their silence in real time. The time-outs of the product are timers.
Socket.prototype.setTimeout = function ignore(this: Socket): Socket {
  return this;
};
syncBuiltinESMExports();

const globals = {
  now: (): number => epochMillis + time.now(),
  run: (untilMillis: number, isOver?: () => boolean) => time.runUntil(untilMillis - epochMillis, isOver),
  /**
   * While work of this machine, such as the load of a module, must not take any time. No virtual time-out can end it, so a real one does.
   * @throws Error when the work takes longer than that.
   */
  hold: async <Value>(work: Promise<Value>, what: string): Promise<Value> => {
    holds += 1;
    const late = Promise.withResolvers<never>();
    const limit = setReal(() => late.reject(new Error(`${what} took more than ${mostHeldMillis} ms`)), mostHeldMillis);
    return Promise.race([work, late.promise]).finally(() => {
      clearReal(limit);
      holds -= 1;
    });
  },
};
export type VirtualClock = typeof globals;

declare global {
  var virtualClock: VirtualClock | undefined;
}
globalThis.virtualClock = globals;
