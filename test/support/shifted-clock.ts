/** A clock that a test moves on, for this process and, by a file, for processes that it starts. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

const RealDate = Date;

/** @param shiftMillis how far its present is from the real one. */
export const shiftedDate = (shiftMillis: () => number): DateConstructor => {
  const nowMillis = (): number => RealDate.now() + shiftMillis();
  class ShiftedDate extends RealDate {
    static override now = nowMillis;
    static override [Symbol.hasInstance](value: unknown): boolean {
      return value instanceof RealDate;
    }
    constructor(...given: [] | [number]) {
      super(...((given.length === 0 ? [nowMillis()] : given) as [number]));
    }
  }
  return ShiftedDate as unknown as DateConstructor;
};

const variable = 'SHIFTED_CLOCK_FILE';

/** Environment of a process with a shifted clock. The file contains the shift in milliseconds. */
export const shiftedBy = (file: string) => ({ [variable]: file, NODE_OPTIONS: `--import=${import.meta.url}` });

/** Written by a rename, so that no reader sees half of it. */
export const writeShift = (file: string, shiftMillis: number): void => {
  writeFileSync(`${file}.new`, String(shiftMillis));
  renameSync(`${file}.new`, file);
};

const lookMillis = 100;

const readShift = (file: string): (() => number) => {
  let [shiftMillis, readAtMillis] = [0, Number.NEGATIVE_INFINITY];
  return () => {
    if (performance.now() - readAtMillis < lookMillis) return shiftMillis;
    [shiftMillis, readAtMillis] = [Number(readFileSync(file, 'utf8')), performance.now()];
    return shiftMillis;
  };
};

const file = process.env[variable];
if (file !== undefined) globalThis.Date = shiftedDate(readShift(file));
