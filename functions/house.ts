/**
 * The composition root. A house is the environment of one function. A part is made for a house when it is first used,
 * once. The parts are in `wiring/`, each with its own export, so a bundle contains only the parts that its function
 * names.
 */

/** A part says in `Env` which variables it reads, so that a function without them does not compile. */
export type House<Env extends object = object> = {
  readonly env: Env;
  /** What `make` returns for this house: made with the first call, the same with each later one. */
  readonly part: <Part>(make: (house: House<Env>) => Part) => Part;
};

/** What `make` returns, made with the first call. When `make` throws, the next call tries again. */
export const once = <Part>(make: () => Part): (() => Part) => {
  let made: { readonly part: Part } | undefined;
  return () => {
    made ??= { part: make() };
    return made.part;
  };
};

export const createHouse = <Env extends object>(env: Env): House<Env> => {
  const parts = new Map<unknown, () => unknown>();
  const house: House<Env> = {
    env,
    part<Part>(make: (house: House<Env>) => Part): Part {
      const known = parts.get(make) ?? once(() => make(house));
      parts.set(make, known);
      return known() as Part;
    },
  };
  return house;
};
