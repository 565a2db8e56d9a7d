/**
 * A store whose calls fail as long as the test sets a failure.
 * @param mayCall asked at each other call: false = it fails, and changes nothing.
 */
export const createBreakable = <Store extends object>(store: Store, mayCall = () => true) => {
  let failure: Error | undefined;
  const breakable = new Proxy(store, {
    get: (target, name) => {
      const method = Reflect.get(target, name);
      if (failure) return () => Promise.reject(failure);
      return (...given: unknown[]) => (mayCall() ? method(...given) : Promise.reject(new Error('killed')));
    },
  });
  const breakIt = (error: Error): void => {
    failure = error;
  };
  return { store: breakable, breakIt };
};
