import { expect } from 'vitest';
import { demoIds } from '../../src/demo/ids.ts';
import { createChild, facts, itWrites } from './target.ts';

facts('10. reviews, layout, compliance', (fixture) => {
  const review = (eid: string, action: string) =>
    fixture.target.post(`/entities/${eid}/reviews/${action}`, { data: { attributes: { reason: 'done' } } });
  const make = async (name: string) =>
    (await createChild(fixture.target, 'experiment', demoIds.notebook, { name })).id as string;

  itWrites('closes, archives, unarchives and reopens with 200 and no body', async () => {
    const eid = await make('Reviewed');
    const states = [];
    for (const action of ['close', 'archive', 'unarchive', 'reopen']) {
      const answer = await review(eid, action);
      expect([answer.status, answer.text]).toEqual([200, '']);
      states.push((await fixture.target.get(`/entities/${eid}`)).json.data.attributes.state);
    }
    expect(states).toEqual(['closed', 'archived', 'closed', 'open']);
  });

  itWrites('answers a transition that the state forbids with 412', async () => {
    expect((await review(await make('Still open'), 'reopen')).status).toBe(412);
  });

  itWrites('refuses changes of a closed experiment and of what is in it with 403', async () => {
    const eid = await make('Closed');
    await review(eid, 'close');
    const body = { data: [{ attributes: { name: 'Description', value: 'x' } }] };
    expect((await fixture.target.patch(`/entities/${eid}/properties?force=true`, body)).status).toBe(403);
    expect((await fixture.target.post(`/entities/${eid}/children/a.txt?force=true`, 'x')).status).toBe(403);
  });

  itWrites('tells of each step with a notification', async () => {
    const eid = await make('Told');
    await review(eid, 'close');
    const [newest] = (await fixture.target.get('/notifications')).json.data;
    expect([newest.attributes.type, newest.attributes.comment, newest.relationships.entity.data.id]).toEqual([
      'close',
      'done',
      eid,
    ]);
  });

  itWrites('keeps pages, and removes only empty ones', async () => {
    const eid = await make('Paged');
    const path = `/entities/${eid}/layout/pages`;
    await fixture.target.post(`/entities/${eid}/children/a.html?force=true`, 'x', {
      headers: { 'content-type': 'text/html' },
    });
    const page = await fixture.target.post(`${path}?force=true`, {
      data: { type: 'layoutPage', attributes: { name: 'Second' } },
    });
    expect([page.status, page.json.data.type]).toEqual([201, 'layoutPage']);
    const pages = (await fixture.target.get(path)).json.data;
    expect(pages.map(({ attributes }: { attributes: { name: string } }) => attributes.name)).toEqual([
      'Page 1',
      'Second',
    ]);
    expect((await fixture.target.remove(`${path}/${pages[0].id}?force=true`)).status).toBe(409);
    expect((await fixture.target.remove(`${path}/${pages[1].id}?force=true`)).status).toBe(204);
  });

  itWrites("repositions an element under its parent's digest", async () => {
    const location = `/entities/${demoIds.image}/layout/location`;
    const parent = (await fixture.target.get(`/entities/${demoIds.experiment}`)).json.data.attributes.digest;
    const body = { data: { type: 'layoutLocation', attributes: { index: 0 } } };
    expect((await fixture.target.put(`${location}?digest=1`, body)).status).toBe(428);
    expect((await fixture.target.put(`${location}?digest=${parent}`, body)).json.data.attributes.index).toBe(0);
  });

  itWrites('keeps the outside compliance hash of a drawing', async () => {
    const path = `/entities/${demoIds.drawing}/compliance`;
    const body = { data: { attributes: { externalHash: 'abc' } } };
    expect((await fixture.target.patch(`${path}?force=true`, body)).json.data.attributes.externalHash).toBe('abc');
    expect((await fixture.target.get(path)).json.data.attributes.internalHash).toMatch(/^[0-9a-f]{64}$/);
  });
});
