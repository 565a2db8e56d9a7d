/** Counts what is written to standard output instead of writing it: log lines are made, and cost what they cost to make. */
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
