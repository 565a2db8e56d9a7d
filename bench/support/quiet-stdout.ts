/**
 * Keeps standard output back, so that making log lines still costs its time. Counts the lines about a request: how many
 * lines of metrics there are depends on how long the run takes.
 */
export const quietStdout = (): { readonly requests: () => number; readonly restore: () => void } => {
  const write = process.stdout.write;
  let requests = 0;
  process.stdout.write = ((line: string | Uint8Array) => {
    if (String(line).includes('"message":"request"')) requests += 1;
    return true;
  }) as typeof process.stdout.write;
  return {
    requests: () => requests,
    restore: () => {
      process.stdout.write = write;
    },
  };
};
