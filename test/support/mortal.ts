/** A process that is killed in the middle: at one of its calls of ports, before or after the call had its effect. */

export class Killed extends Error {
  constructor() {
    super('killed');
  }
}

export type Life = {
  readonly isDead: boolean;
  /** Points that it has passed so far: two for each call. */
  readonly points: number;
  pass(): void;
};

/** @param killedAt the point at which it is killed; the first is 1. Without it, it lives. */
export const createLife = (killedAt = Number.POSITIVE_INFINITY): Life => {
  let points = 0;
  return {
    get isDead() {
      return points >= killedAt;
    },
    get points() {
      return points;
    },
    pass() {
      points += 1;
      if (points >= killedAt) throw new Killed();
    },
  };
};

type Method = (...parameters: unknown[]) => unknown;

/** The port as a process sees it. Calls of a dead process have no effect. */
export const mortal = <Port extends object>(port: Port, life: Life): Port =>
  new Proxy(port, {
    get(target, name) {
      const method = Reflect.get(target, name) as unknown;
      if (typeof method !== 'function') return method;
      return async (...parameters: unknown[]): Promise<unknown> => {
        life.pass();
        const result = await (method as Method).apply(target, parameters);
        life.pass();
        return result;
      };
    },
  });
