/**
 * Parts of a bundle that are loaded when they are used. esbuild makes a file of each dynamic import, with all exports of the imported module. So
 * the module is one of `wiring/` that exports one function, and not a package, which would be there as a whole.
 */

/**
 * Loads a part with the first call, once for all calls. Call it during the start where the first request needs the part anyway.
 * A failure is not remembered: the next call tries again.
 * @param what names the part in the error.
 * @throws Error that names the part, with the cause.
 */
export const loadLater = <Part>(what: string, load: () => Promise<Part>): (() => Promise<Part>) => {
  let loading: Promise<Part> | undefined;
  return () => {
    loading ??= load().catch((cause: unknown) => {
      loading = undefined;
      throw new Error(`${what} could not be loaded`, { cause });
    });
    return loading;
  };
};
