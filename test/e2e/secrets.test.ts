import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoKey } from '../../local/signals/options.ts';
import { expectNoSecrets, secretsIn } from '../support/secret-scan.ts';
import { startTwin, type TestTwin } from '../support/twin.ts';

describe('P2: no secret is written anywhere', () => {
  let twin: TestTwin;
  beforeAll(async () => {
    twin = await startTwin({}, { CACHE: 'on' });
  });
  // Closing every twin of the end-to-end tests looks through its logs and tables.
  afterAll(() => twin?.close());

  it('finds a secret in a log, plain and encoded, and in an item of a table', async () => {
    const { dynamodb } = twin.endpoints;
    for (const encoding of ['utf8', 'base64', 'base64url', 'hex'] as const) {
      const line = `said ${Buffer.from('top-secret-value').toString(encoding)}`;
      await expect(expectNoSecrets([line], dynamodb, ['top-secret-value'])).rejects.toThrow('Secrets were written');
    }
    expect(secretsIn('x-api-key: sfk_0123456789012345678901234567890123456789012', [])).toEqual(['a facade key']);
    expect(secretsIn('Authorization: Bearer abcdefghijkl', [])).toEqual(['a bearer header']);
    // Seeded, and so in the table of consumers.
    await expect(expectNoSecrets([], dynamodb, ['demo-reader'])).rejects.toThrow('ConsumersTable');
  });

  it('answers a wrong key, a key of the tenant and a token without repeating them', async () => {
    const secrets = ['sfk_wrong-wrong-wrong-wrong-wrong-wrong-wrong', demoKey, 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'];
    for (const secret of secrets) {
      for (const headers of [{ 'x-api-key': secret }, { authorization: `Bearer ${secret}` }]) {
        const answer = await fetch(`${twin.url}/api/rest/v1.0/version`, {
          headers: new Headers(Object.entries(headers)),
        });
        expect(answer.status).toBe(401);
        expect(secretsIn(await answer.text(), secrets)).toEqual([]);
      }
    }
  });
});
