/**
 * A store whose calls fail as long as the test sets a failure.
 * @param mayCall asked at each other call: false = it fails, and changes nothing.
 */
export const createBreakable = <Store extends object>(store: Store, mayCall = () => true) => {
  let failure: Error | undefined;
  const breakable = new Proxy(store, {
    get: (target, name) => {
      if (failure) return () => Promise.reject(failure);
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...given: unknown[]) =>
        mayCall() ? Reflect.apply(method, target, given) : Promise.reject(new Error('killed'));
    },
  });
  const breakIt = (error: Error): void => {
    failure = error;
  };
  return { store: breakable, breakIt };
};
