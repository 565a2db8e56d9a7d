/** Writes that an instance makes once for each name, such as the entry of a consumer in a list. */

const mostNames = 10_000;

/** A write that fails is made again with the next call. After 10,000 names all are forgotten, so a write must bear repetition. */
export const createWriteOnce = () => {
  const written = new Set<string>();
  return async (name: string, write: () => Promise<void>): Promise<void> => {
    if (written.has(name)) return;
    if (written.size >= mostNames) written.clear();
    await write();
    written.add(name);
  };
};
