/** Numbers of new rows, by table, from 1. A number never comes back. */
export interface Counters {
  next(table: string): number;
}

export const createCounters = (): Counters => {
  const last = new Map<string, number>();
  return {
    next(table) {
      const number = (last.get(table) ?? 0) + 1;
      last.set(table, number);
      return number;
    },
  };
};
