/** Starts and ends faults, one after the other. */

import type { FaultWorld } from './fault-world.ts';
import type { End, Fault } from './faults.ts';

/** @prop ends what the start has done so far, in this order. */
type Active = { readonly sinceMillis: number; readonly ends: End[] };

export type FaultState = Pick<Fault, 'id' | 'title' | 'does' | 'alarms' | 'when' | 'section'> & {
  /** Undefined: it is not provoked. */
  readonly sinceMillis?: number;
};

export const createFaultControl = (faults: readonly Fault[], world: FaultWorld, nowMillis: () => number) => {
  const active = new Map<string, Active>();
  let last: Promise<unknown> = Promise.resolve();
  /** Two buttons that are pressed at once must not mix. */
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = last.then(act);
    last = done.catch(() => {});
    return done;
  };

  /** One that could not be ended stays on, so that it can be ended again. */
  const endOne = async (id: string): Promise<void> => {
    const { ends = [] } = active.get(id) ?? {};
    for (let end = ends.at(-1); end; end = ends.at(-1)) {
      await end();
      ends.pop();
    }
    active.delete(id);
  };
  /** What a start has done that fails on the way is undone. */
  const startOne = async ({ id, start }: Fault): Promise<void> => {
    const ends: End[] = [];
    active.set(id, { ends, sinceMillis: nowMillis() });
    try {
      await start(world, (end) => void ends.push(end));
    } catch (error) {
      await endOne(id);
      throw error;
    }
  };
  const endOfTenant = async (): Promise<void> => {
    for (const { id } of faults.filter(({ isOfTenant }) => isOfTenant)) await endOne(id);
  };

  return {
    /** Those that can be provoked, in order. */
    states: (): FaultState[] =>
      faults.map(({ id, title, does, alarms, when, section }) => {
        const sinceMillis = active.get(id)?.sinceMillis;
        return { id, title, does, alarms, when, section, ...(sinceMillis === undefined ? {} : { sinceMillis }) };
      }),
    /** False: there is no such fault. */
    start: (id: string): Promise<boolean> =>
      inTurn(async () => {
        const fault = faults.find((one) => one.id === id);
        if (!fault) return false;
        if (active.has(id)) return true;
        if (fault.isOfTenant) await endOfTenant();
        await startOne(fault);
        return true;
      }),
    endAll: (): Promise<void> =>
      inTurn(async () => {
        const ends = await Promise.allSettled([...active.keys()].map(endOne));
        for (const end of ends) if (end.status === 'rejected') throw end.reason;
      }),
    /** False: there is no such fault. */
    end: (id: string): Promise<boolean> =>
      inTurn(async () => {
        await endOne(id);
        return faults.some((fault) => fault.id === id);
      }),
  };
};
export type FaultControl = ReturnType<typeof createFaultControl>;
