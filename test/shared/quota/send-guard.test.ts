import { expect, it } from 'vitest';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import { defaultConnectMillis } from '../../../shared/upstream/adapters/node-http.ts';

it('the guard of a send bears the longest way to a connection and a second of pauses', () => {
  expect(defaultPolicy.sendGuardMillis).toBeGreaterThanOrEqual(defaultConnectMillis + 1_000);
});
