/** client-shapes, section 1: entities, their children, properties and lists. */
import { expect } from 'vitest';
import { demoIds } from '../../src/demo/ids.ts';
import { demoSpecials } from '../../src/demo/special.ts';
import { createChild, facts, itWrites, newEntity } from './target.ts';

interface Named {
  readonly id: string;
  readonly attributes: { readonly name: string; readonly type: string; readonly digest: string };
}

facts('client-shapes 1. entities', (fixture) => {
  const children = async (eid: string): Promise<Named[]> =>
    (await fixture.target.get(`/entities/${eid}/children?page[limit]=100`)).json.data;
  const typesOf = async (eid: string) => (await children(eid)).map(({ attributes }) => attributes.type).toSorted();

  itWrites.each([
    ['request', () => demoSpecials.request, ['taskContainer', 'text', 'viewonly']],
    ['ado', () => demoSpecials.ado, ['linkedTaskContainer', 'text']],
    ['paraexp', () => demoSpecials.paraexp, ['paragrid', 'text']],
    ['taskContainer', () => demoSpecials.tasks, ['task']],
    ['samplesContainer', () => demoIds.samplesContainer, ['sample']],
    ['journal', () => demoIds.notebook, ['experiment']],
    ['experiment', () => demoIds.experiment, ['text', 'grid']],
  ])('(S16) the children of a %s are listed', async (_type, idOf, expected) => {
    expect(await typesOf(idOf())).toEqual(expect.arrayContaining([...expected]));
  });

  itWrites('(S16) the child of a sub-experiment is a drawing', async () => {
    const sub = (await children(demoSpecials.paraexp)).find(({ attributes }) => attributes.type === 'parasubexp');
    expect(await typesOf(sub?.id ?? '')).toEqual(['chemicalDrawing']);
  });

  itWrites('(S16) a leaf, and order=layout outside experiments, is 400', async () => {
    expect((await fixture.target.get(`/entities/${demoIds.text}/children`)).status).toBe(400);
    expect((await fixture.target.get(`/entities/${demoIds.notebook}/children?order=layout`)).status).toBe(400);
    expect((await fixture.target.get(`/entities/${demoIds.experiment}/children?order=layout`)).status).toBe(200);
  });

  itWrites('section 1: children of a template have the digest 0 until their first edit', async () => {
    const made = await createChild(
      fixture.target,
      'experiment',
      demoIds.notebook,
      { name: 'Zero' },
      demoIds.experimentTemplate,
    );
    const [aim] = await children(made.id);
    expect(aim?.attributes.digest).toBe('0');
    const body = { data: [{ attributes: { name: 'Description', value: 'x' } }] };
    expect((await fixture.target.patch(`/entities/${aim?.id}/properties?digest=0`, body)).status).toBe(200);
    expect((await children(made.id))[0]?.attributes.digest).not.toBe('0');
  });

  itWrites('section 1: header attributes of an experiment fill the properties of the same name', async () => {
    const made = await createChild(fixture.target, 'experiment', demoIds.notebook, {
      name: 'Headers',
      description: 'd',
      organization: 'Chem',
      department: 'Chemistry',
      project: 'Aurora',
      modality: 'Small molecule',
    });
    expect(made.attributes.fields).toMatchObject({
      Organization: { value: 'Chem' },
      Department: { value: 'Chemistry' },
      Project: { value: 'Aurora' },
      Modality: { value: 'Small molecule' },
    });
    const journal = await fixture.target.post('/entities', newEntity('journal', { name: 'J', organization: 'Org' }));
    expect(journal.json.data.attributes.fields.Organization).toEqual({ value: 'Org' });
  });

  itWrites('section 1: a sub-experiment takes no name, is numbered and gets one blank drawing', async () => {
    const links = { parent: demoSpecials.paraexp };
    const named = newEntity('parasubexp', { name: 'x' }, links);
    expect((await fixture.target.post('/entities?force=true', named)).status).toBe(400);
    const made = await fixture.target.post(
      '/entities?force=true',
      newEntity('parasubexp', { description: 'd' }, links),
    );
    expect([made.status, made.json.data.attributes.name]).toEqual([201, expect.stringMatching(/\d/)]);
    const [drawing] = await children(made.json.data.id);
    expect((await fixture.target.get(`/entities/${drawing?.id}/export`)).text).toBe('<CDXML />');
  });

  itWrites('section 1: data.type entity and a property PATCH with an object stay 400', async () => {
    const body = { data: { type: 'entity', attributes: { type: 'experiment', name: 'x' } } };
    expect((await fixture.target.post('/entities', body)).status).toBe(400);
    const one = { data: { attributes: { name: 'Description', value: 'x' } } };
    expect((await fixture.target.patch(`/entities/${demoIds.experiment}/properties?force=true`, one)).status).toBe(400);
  });

  itWrites('(S22) an admin-defined object shows its kind on create, read, list and among children', async () => {
    const kind = { id: '1', baseType: 'experiment', adoName: 'Assay Record' };
    const body = newEntity('ado', { name: 'Another' }, { parent: demoIds.notebook });
    const made = await fixture.target.post('/entities?force=true', {
      data: { ...body.data, meta: { adoTypeName: 'Assay Record' } },
    });
    expect(made.json.data.attributes.ado).toEqual(kind);
    const path = `/entities/${demoSpecials.ado}`;
    expect((await fixture.target.get(path)).json.data.attributes.ado).toEqual(kind);
    const list = (await fixture.target.get('/entities?includeTypes=ado')).json.data;
    expect(list.map(({ attributes }: { attributes: { ado: object } }) => attributes.ado)).toEqual([kind, kind]);
  });

  itWrites.each([
    demoIds.text,
    demoIds.grid,
    demoIds.samplesContainer,
    demoIds.sample,
    demoIds.image,
    demoIds.drawing,
    demoSpecials.tasks,
    demoSpecials.plates,
    demoSpecials.materialsTable,
  ])('section 1: the properties of %s take an unchanged name and null', async (eid) => {
    const path = `/entities/${eid}/properties`;
    const before: { attributes: { name: string; value: string } }[] = (await fixture.target.get(path)).json.data;
    const name = before.find(({ attributes }) => attributes.name === 'Name')?.attributes.value;
    const data = [{ attributes: { name: 'Name', value: name } }, { attributes: { name: 'Description', value: null } }];
    expect((await fixture.target.patch(`${path}?force=true`, { data })).status).toBe(200);
  });

  itWrites('section 1: a property has value and values, and counts in its definition', async () => {
    const { data } = (await fixture.target.get(`/entities/${demoIds.experiment}/properties`)).json;
    const byName = new Map(data.map((item: { attributes: { name: string } }) => [item.attributes.name, item]));
    expect(byName.get('Reference')).toMatchObject({ attributes: { value: '', values: [] } });
    expect(byName.get('Name')).toMatchObject({
      id: '1',
      attributes: { value: 'Run 7', values: ['Run 7'] },
      meta: { definition: { type: 'text', attribute: { id: '1', name: 'Name', counts: { templates: {} } } } },
    });
    const ofSample = (await fixture.target.get(`/entities/${demoIds.sample}/properties`)).json.data;
    expect(ofSample[0].id).toBe('Name');
  });

  itWrites('section 1: an asset and a batch are deleted as entities', async () => {
    const { tenant } = fixture.simulator;
    for (const type of ['batch', 'asset']) {
      const [entity] = [...tenant.entities.ofType(type)].toReversed();
      expect((await fixture.target.remove(`/entities/${entity?.id}?force=true`)).status).toBe(204);
      expect(entity?.isTrashed).toBe(true);
    }
  });

  itWrites('(S31) a slash at the end of layout/pages is the same route', async () => {
    const path = `/entities/${demoIds.experiment}/layout/pages`;
    const [plain, slashed] = [await fixture.target.get(path), await fixture.target.get(`${path}/`)];
    expect([slashed.status, slashed.json]).toEqual([200, plain.json]);
    expect((await fixture.target.get(`/entities/${demoIds.experiment}/`)).status).toBe(404);
  });

  itWrites('section 1: lists serve every type', async () => {
    const types = [
      'sample',
      'task',
      'grid',
      'ado',
      'paraexp',
      'parasubexp',
      'taskContainer',
      'chemicalDrawing',
      'asset',
    ];
    for (const type of types) {
      const { status, json } = await fixture.target.get(`/entities?includeTypes=${type}&includeOptions=`);
      expect([type, status, json.data.length > 0]).toEqual([type, 200, true]);
    }
    expect((await fixture.target.get('/entities?includeTypes=bioSequence&includeOptions=')).status).toBe(200);
  });
});
