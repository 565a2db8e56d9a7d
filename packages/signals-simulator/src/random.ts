/** Deterministic random numbers: the same seed gives the same tenant, ids and digests on every machine. */
export interface Random {
  /** A float from 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number;
  pick<T>(items: readonly T[]): T;
  hex(digits: number): string;
  uuid(): string;
  /** Where it is; `restore` goes on from there. */
  state(): number;
  restore(state: number): void;
}

/** mulberry32: 32 bits of state, quick, good enough for demo data; not for secrets. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const word = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const next = () => word() / 4_294_967_296;
  const hex = (digits: number) => {
    let text = '';
    while (text.length < digits) text += word().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  };
  return {
    state: () => state,
    restore(given) {
      state = given >>> 0;
    },
    next,
    below: (limit) => Math.floor(next() * limit),
    pick(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError('pick: nothing to pick from');
      return item;
    },
    hex,
    uuid() {
      const h = hex(32);
      return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`;
    },
  };
};
