/** The event that a registered sample has drifted. */
import type { FacadeEventFacts } from '../facade-events/facade-event.ts';
import { markOf, type Registration } from './registration.ts';

/** For the consumer that marked the sample, and for operators. Its copies have the same id. */
export const driftFacts = (drifted: Registration): FacadeEventFacts => {
  const { sampleId, self, external, drift } = drifted;
  const mark = markOf(drifted);
  return {
    type: 'sample.registration-drifted',
    subject: `samples/${sampleId}`,
    occurrence: String(drift?.sinceMillis),
    ...(mark?.incarnation === undefined ? {} : { incarnation: mark.incarnation }),
    data: {
      ...(mark === undefined ? {} : { consumerId: mark.consumerId }),
      ...(mark?.externalId === undefined ? {} : { externalId: mark.externalId }),
      ...{ sampleId, registeredDigest: external, digest: self },
    },
  };
};
