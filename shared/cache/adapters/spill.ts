/** Port of the DynamoDB adapter: a place for bodies that no item can hold. */
export interface BodySpill {
  /** Writes under a name that was never used before. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Undefined when there is nothing under the name, or nothing that can be read. Never throws. */
  get(name: string): Promise<Uint8Array | undefined>;
  /** Removes what is under the name, if anything is. What fails is left to the expiry of the bucket. Never throws. */
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
