import {
  faultIdOf,
  type OpenFault,
  type VerificationState,
  type VerificationStore,
} from '../verification/verification-record.ts';

export const createMemoryVerificationStore = (): VerificationStore => {
  let state: VerificationState = { version: 0 };
  const faults = new Map<string, OpenFault>();
  return {
    read: async () => structuredClone(state),
    async write(after) {
      if (state.version !== after.version - 1) return false;
      state = structuredClone(after);
      return true;
    },
    listFaults: async () => [...faults.values()],
    putFault: async (fault) => void faults.set(faultIdOf(fault), fault),
    removeFault: async (id) => void faults.delete(id),
  };
};
