/** Gives the garbage of loading a large tenant back at once: V8 would keep about 100 MB of it until it needs the room. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const largeSize = 50_000;

/** @param size entities that were loaded. A small tenant leaves too little to be worth the time. */
export const collectAfterLoading = (size: number): void => {
  if (size < largeSize) return;
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: object) => void;
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
};
