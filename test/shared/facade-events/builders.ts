import type { FacadeEventFacts } from '../../../shared/facade-events/facade-event.ts';

const token = { upstream: 'signals', consumerId: 'app', tokenId: 'token-1', diesAt: '2026-07-01T00:00:00.000Z' };

/** One of each type. */
const exported = { consumerId: 'app', exportId: 'export-1', kind: 'pdf', entity: 'experiment:e1' };

export const factsOfEachType: readonly FacadeEventFacts[] = [
  { type: 'credential.refused', subject: 'credentials/cred-1', data: { upstream: 'signals', credentialId: 'cred-1' } },
  disabledKey('cred-1'),
  { type: 'token.expired', subject: 'tokens/token-1', data: token },
  { type: 'token.expiring', subject: 'tokens/token-1', data: token },
  { type: 'tokens.distrusted', subject: 'tokens', data: { living: 1, doubted: 3, dead: 0 } },
  {
    type: 'secret.shown',
    subject: 'credentials/cred-1',
    data: {
      upstream: 'signals',
      operation: 'GET /entities',
      consumerId: 'app',
      credentialId: 'cred-1',
      where: 'body',
      how: 'cut',
    },
  },
  { type: 'export.completed', subject: 'exports/export-1', data: exported },
  { type: 'export.failed', subject: 'exports/export-1', data: { ...exported, failure: 'ENTITY_GONE' } },
  {
    type: 'sample.registration-drifted',
    subject: 'samples/sample:s1',
    occurrence: '1',
    data: { consumerId: 'app', sampleId: 'sample:s1', externalId: 'LIMS-1', registeredDigest: 'a', digest: 'b' },
  },
  { type: 'quota.near-limit', subject: 'quota', data: { used: 950, limit: 1_000 } },
];

/** A type of which each event has its own id. */
export function disabledKey(id: string): FacadeEventFacts {
  return {
    type: 'credential.disabled',
    subject: `credentials/${id}`,
    data: { upstream: 'signals', credentialId: id, by: 'administrator' },
  };
}
