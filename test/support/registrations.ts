/** Registrations of samples in memory. */
import { createMemoryCheckStore, createMemoryRegistrationStore } from '../../shared/registration/adapters/memory.ts';
import { createRegistrationNotes } from '../../shared/registration/notes.ts';
import { createRegistrations } from '../../shared/registration/registrations.ts';
import { type Clock, systemClock } from '../../shared/time/clock.ts';

/** No event is sent. */
export const createMemoryRegistrations = (clock: Clock = systemClock) => {
  const store = createMemoryRegistrationStore();
  const checks = createMemoryCheckStore();
  const notes = createRegistrationNotes({ store, checks, clock, tell: async () => true });
  return createRegistrations({ notes, store, clock });
};
