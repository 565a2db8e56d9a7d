import { expect } from 'vitest';
import { demoIds } from '../../src/demo/ids.ts';
import { createChild, digestOf, facts, itWrites, newEntity } from './target.ts';

const describeIt = (text: string) => ({ data: [{ attributes: { name: 'Description', value: text } }] });

facts('5. digests and forced writes', (fixture) => {
  const parent = demoIds.notebook;
  const create = (query: string, name: string) =>
    fixture.target.post(`/entities${query}`, newEntity('experiment', { name }, { parent }));

  itWrites('refuses a create under a parent without digest and force with 400', async () => {
    expect((await create('', 'no digest')).status).toBe(400);
  });

  itWrites("refuses a create with another digest than the parent's with 428 DigestNotMatch", async () => {
    const answer = await create('?digest=1', 'stale');
    expect([answer.status, answer.json.errors[0].code]).toEqual([428, 'DigestNotMatch']);
  });

  itWrites("takes the parent's digest for a create, and changes it", async () => {
    const before = await digestOf(fixture.target, parent);
    expect((await create(`?digest=${before}`, 'fresh')).status).toBe(201);
    expect(await digestOf(fixture.target, parent)).not.toBe(before);
    expect((await create(`?digest=${before}`, 'too late')).status).toBe(428);
  });

  itWrites('takes force=true in place of a digest', async () => {
    expect((await create('?force=true', 'forced')).status).toBe(201);
  });

  itWrites('answers a property write with the new digest in the entity under included', async () => {
    const eid = demoIds.experiment;
    const digest = await digestOf(fixture.target, eid);
    const answer = await fixture.target.patch(`/entities/${eid}/properties?digest=${digest}`, describeIt('new'));
    const entity = answer.json.included.find(({ id }: { id: string }) => id === eid);
    expect(entity.attributes.digest).toBe(await digestOf(fixture.target, eid));
    expect(entity.attributes.digest).not.toBe(digest);
  });

  itWrites('takes the digest of the table, not the row, for a row', async () => {
    const digest = await digestOf(fixture.target, demoIds.grid);
    const row = { data: { type: 'adtRow', attributes: { cells: [] } } };
    expect((await fixture.target.post(`/adt/${demoIds.grid}?digest=${digest}`, row)).status).toBe(201);
    expect((await fixture.target.post(`/adt/${demoIds.grid}?digest=${digest}`, row)).status).toBe(428);
  });

  itWrites('does not lift state rules with force: a trashed entity stays 403 PreconditionFailed', async () => {
    const { id } = await createChild(fixture.target, 'experiment', parent, { name: 'to trash' });
    expect((await fixture.target.remove(`/entities/${id}?force=true`)).status).toBe(204);
    const answer = await fixture.target.patch(`/entities/${id}/properties?force=true`, describeIt('late'));
    expect([answer.status, answer.json.errors[0].code]).toEqual([403, 'PreconditionFailed']);
  });

  itWrites('needs no digest to create without ancestors', async () => {
    const answer = await fixture.target.post('/entities', newEntity('experiment', { name: 'Orphan' }));
    expect([answer.status, answer.json.data.relationships.ancestors.data]).toEqual([201, []]);
  });

  itWrites('raises the edit time of every ancestor with an edit', async () => {
    const edited = async (eid: string) => (await fixture.target.get(`/entities/${eid}`)).json.data.attributes.editedAt;
    const before = await edited(demoIds.notebook);
    await fixture.target.patch(`/entities/${demoIds.text}/properties?force=true`, describeIt('x'));
    expect(await edited(demoIds.notebook)).toBe(await edited(demoIds.text));
    expect((await edited(demoIds.notebook)) >= before).toBe(true);
  });
});
