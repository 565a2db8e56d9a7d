/** A store whose calls fail as long as the test sets a failure. */
export const createBreakable = <Store extends object>(store: Store) => {
  let failure: Error | undefined;
  const breakable = new Proxy(store, {
    get: (target, name) => {
      const method = Reflect.get(target, name);
      return failure ? () => Promise.reject(failure) : method;
    },
  });
  const breakIt = (error: Error): void => {
    failure = error;
  };
  return { store: breakable, breakIt };
};
