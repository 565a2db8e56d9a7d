import { expect, it } from 'vitest';
import { createTarget, facts, itWrites } from './target.ts';

facts(
  '1. authentication',
  (fixture) => {
    it('answers GET /version with the release under data.attributes.release', async () => {
      const answer = await fixture.target.get('/version');
      expect(answer.status).toBe(200);
      expect(answer.json.data.attributes.release).toMatch(/^\d+\.\d+\.\d+/);
    });

    it("answers GET /profiles/me with the key's own user", async () => {
      const answer = await fixture.target.get('/profiles/me');
      expect(answer.status).toBe(200);
      expect(answer.json.data.attributes.userId).toMatch(/^\d+$/);
    });

    it('answers GET /users/me with 400', async () => {
      expect((await fixture.target.get('/users/me')).status).toBe(400);
    });

    it('refuses a request without a key with 401', async () => {
      expect((await fixture.target.get('/version', { key: null })).status).toBe(401);
    });

    itWrites('refuses an unknown key with 401', async () => {
      expect((await fixture.target.get('/version', { key: 'wrong' })).status).toBe(401);
    });

    itWrites('takes a bearer token in place of a key', async () => {
      const token = fixture.simulator.tenant.tokens.issue('103', 'snb.example.com');
      const answer = await fixture.target.get('/profiles/me', {
        key: null,
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.json.data.id).toBe('103');
    });

    itWrites('runs a call with the rights and name of the user of the key', async () => {
      const other = createTarget(fixture.simulator.url, 'second-key');
      const answer = await other.post('/entities', { data: { type: 'journal', attributes: { name: 'Mine' } } });
      expect(answer.json.data.relationships.createdBy.data.id).toBe('105');
    });
  },
  { keys: { 'demo-signals-key': '100', 'second-key': '105' } },
);
