/** Port of the DynamoDB adapter: a store for bodies that are too large for an item. */
export interface BodySpill {
  /** Writes under a name that was never used before. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Undefined when there is nothing under the name, or nothing that can be read. Never throws. */
  get(name: string): Promise<Uint8Array | undefined>;
  /** Removes the object, if there is one. The bucket expires what could not be removed. Never throws. */
  remove(name: string): Promise<void>;
}

export const createMemorySpill = (): BodySpill => {
  const objects = new Map<string, Uint8Array>();
  return {
    put: async (name, bytes) => void objects.set(name, bytes),
    get: async (name) => objects.get(name),
    remove: async (name) => void objects.delete(name),
  };
};
