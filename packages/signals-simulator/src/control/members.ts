/** The members that the body of each control call may have. */
import { seedMembers } from '../fixtures/document.ts';
import type { Members } from './check-members.ts';

const event: Members = {
  type: 'text',
  entityId: 'text',
  createdBy: 'text',
  comment: 'any',
  createdAt: 'text',
  isDismissed: 'boolean',
};

/** Every call that reads a body; the others know no member. */
export const controlMembers: Readonly<Record<string, Members>> = {
  'POST /_control/reset': { seed: 'number' },
  'POST /_control/seed': seedMembers,
  'POST /_control/clock': { set: 'any', advanceMillis: 'number', stopped: 'boolean' },
  'POST /_control/limit': { requestsPerMinute: 'number' },
  'PATCH /_control/behaviour': {
    jobMillis: 'number',
    pdfsNeverFinish: 'boolean',
    exportWorkers: 'number',
    push: { url: 'text', headerName: 'text', headerValue: 'text', autoDismiss: 'boolean' },
    oauthClients: [{ clientId: 'text', redirectUris: 'texts' }],
    switches: 'any',
  },
  'POST /_control/faults': {
    kind: 'text',
    operation: 'text',
    rate: 'number',
    times: 'number',
    millis: 'number',
    status: 'number',
    retryAfterSeconds: 'number',
    afterBytes: 'number',
  },
  'POST /_control/edits': { entityId: 'text', action: 'text', value: 'text', userId: 'text' },
  'POST /_control/notifications': {
    ...event,
    events: [event],
    order: 'text',
    copies: 'number',
    malformed: 'text',
    push: 'boolean',
  },
  'POST /_control/tokens': { userId: 'text', domain: 'text' },
};
