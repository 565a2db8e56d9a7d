/** Counts the bytes of standard output instead of writing them, so that making log lines still costs its time. */
export const quietStdout = (): { readonly writes: () => number; readonly restore: () => void } => {
  const write = process.stdout.write;
  let writes = 0;
  process.stdout.write = (() => {
    writes += 1;
    return true;
  }) as typeof process.stdout.write;
  return {
    writes: () => writes,
    restore: () => {
      process.stdout.write = write;
    },
  };
};
