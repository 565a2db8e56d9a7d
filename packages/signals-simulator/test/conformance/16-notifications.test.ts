import { expect, it } from 'vitest';
import { nonEmpty } from '../../../../test/support/non-empty.ts';
import { demoIds } from '../../src/demo/ids.ts';
import { createChild, facts, itWrites } from './target.ts';

let nowMillis = Date.parse('2026-06-01T00:00:00Z');

facts(
  '16. notifications',
  (fixture) => {
    const list = async (query = '') => (await fixture.target.get(`/notifications?page[limit]=100${query}`)).json.data;
    const marks = (data: { attributes: { isDismissed: boolean } }[]) =>
      new Set(data.map(({ attributes }) => attributes.isDismissed));

    it('lists outstanding ones unless status says otherwise', async () => {
      for (const item of nonEmpty<{ attributes: { isDismissed: boolean } }>(await list()))
        expect(item.attributes.isDismissed).toBe(false);
    });

    itWrites('lists dismissed ones, or both, by status', async () => {
      expect(marks(await list('&status=dismissed'))).toEqual(new Set([true]));
      expect(marks(await list('&status=dismissed,notdismissed'))).toEqual(new Set([true, false]));
    });

    itWrites('names the user and the entity, and includes them', async () => {
      const { json } = await fixture.target.get('/notifications/1');
      expect(json.data.type).toBe('notification');
      expect(json.data.relationships.entity.data).toEqual({ type: 'entity', id: demoIds.experiment });
      expect(json.included.map(({ type }: { type: string }) => type)).toEqual(['user', 'entity']);
    });

    itWrites('bounds with from and to', async () => {
      const all = await list('&status=dismissed,notdismissed');
      const at = all[3].attributes.createdAt;
      const found = await list(`&status=dismissed,notdismissed&from=${at}&to=${at}`);
      expect(found.map(({ id }: { id: string }) => id)).toEqual([all[3].id]);
    });

    itWrites('sets marks by a list of names with text values, and never deletes', async () => {
      const mark = (name: string, value: unknown) =>
        fixture.target.patch('/notifications/2', { data: [{ attributes: { name, value } }] });
      expect((await mark('isDismissed', 'true')).json.data.attributes.isDismissed).toBe(true);
      expect((await mark('isDismissed', true)).status).toBe(400);
      expect((await fixture.target.get('/notifications/2')).status).toBe(200);
    });

    itWrites('tells of a new experiment with create', async () => {
      const made = await createChild(fixture.target, 'experiment', demoIds.notebook, { name: 'Told of' });
      const [newest] = await list();
      expect([newest.attributes.type, newest.relationships.entity.data.id]).toEqual(['create', made.id]);
    });

    itWrites('forgets after 180 days', async () => {
      nowMillis += 180 * 86_400_000;
      expect(await list('&status=dismissed,notdismissed')).toEqual([]);
    });
  },
  { clock: { nowMillis: () => nowMillis } },
);
