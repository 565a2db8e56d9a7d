/**
 * The limits of V8's heap that Lambda sets. `/var/runtime/bootstrap` of Node 24 takes a tenth of the memory for the young generation and
 * the rest for the old one, unless NODE_OPTIONS sets either (dev.to/wonderfulsoap, "Official Node.js Runtime Analysis"). No source shows in
 * full how it gets the semi-space in Node 24 `[check]`: this is the half, as in the script of Node 18. V8 rounds it up to a power of two, so a
 * third would give the same for 512 MiB.
 */
export const heapOptions = (memoryMegabytes: number, nodeOptions = ''): string[] => {
  if (/--max[-_](semi|old)[-_]space[-_]size/.test(nodeOptions)) return [];
  const young = Math.floor(memoryMegabytes / 10);
  return [`--max-semi-space-size=${Math.floor(young / 2)}`, `--max-old-space-size=${memoryMegabytes - young}`];
};
