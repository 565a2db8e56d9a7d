import { expect } from 'vitest';
import { facts, itWrites } from './target.ts';

let nowMillis = Date.parse('2026-06-01T00:00:00Z');

facts(
  '7. rate limit',
  (fixture) => {
    itWrites(
      'refuses what exceeds the limit with a 429 document, keys and tokens counted together, without Retry-After',
      async () => {
        const token = fixture.simulator.tenant.tokens.issue('103', 'snb.example.com');
        const bearer = { key: null, headers: { authorization: `Bearer ${token}` } };
        const statuses = [];
        for (let i = 0; i < 12; i += 1)
          statuses.push((await fixture.target.get('/version', i % 2 === 0 ? {} : bearer)).status);
        expect(statuses).toEqual([...Array(10).fill(200), 429, 429]);
        const refused = await fixture.target.get('/version');
        expect(refused.json.errors[0].code).toBe('TooManyRequests');
        expect(refused.headers.get('retry-after')).toBeNull();
      },
    );

    itWrites('allows requests again when the oldest leave the window of 60 seconds', async () => {
      nowMillis += 59_999;
      expect((await fixture.target.get('/version')).status).toBe(429);
      nowMillis += 1;
      expect((await fixture.target.get('/version')).status).toBe(200);
    });
  },
  { requestsPerMinute: 10, clock: { nowMillis: () => nowMillis } },
);
