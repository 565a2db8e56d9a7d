import { expect, it } from 'vitest';
import { demoIds } from '../../src/demo/ids.ts';
import { createChild, facts, itWrites, type Target } from './target.ts';

const type = (value: string) => ({ $match: { field: 'type', value, mode: 'keyword' } });
const notTemplate = { $match: { field: 'isTemplate', value: false } };
const find = (target: Target, query: unknown, path = '') => target.post(`/entities/search${path}`, { query });
const names = (answer: { json: { data: { attributes: { name: string } }[] } }) =>
  answer.json.data.map(({ attributes }) => attributes.name);

facts('9. search', (fixture) => {
  it('answers total, count and timing in meta', async () => {
    const { json } = await find(fixture.target, type('experiment'), '?page[limit]=2');
    expect(json.meta.count).toBe(json.data.length);
    expect(Object.keys(json.meta)).toEqual(
      expect.arrayContaining(['total', 'count', 'took-ms', 'query-reached-limit', 'query-timed-out']),
    );
  });

  it('gives hits flatter attributes: modifiedAt, ids for people, tags', async () => {
    const { data } = (await find(fixture.target, type('experiment'), '?page[limit]=1')).json;
    const { attributes } = data[0];
    expect(attributes.editedAt).toBeUndefined();
    expect(typeof attributes.modifiedAt).toBe('string');
    expect(typeof attributes.owner).toBe('string');
    expect(typeof attributes.tags).toBe('object');
  });

  it.each([['page[limit]=101'], ['page[offset]=5001'], ['stopAfterItems=0']])('refuses %s with 400', async (query) => {
    expect((await find(fixture.target, type('experiment'), `?${query}`)).status).toBe(400);
  });

  itWrites.each(['IVT', 'WRONG', 'constructor'])(
    'finds nothing, without an error, in the wrong source %s',
    async (source) => {
      const answer = await find(fixture.target, type('experiment'), `?source=${source}`);
      expect([answer.status, answer.json.meta.total]).toEqual([200, 0]);
    },
  );

  itWrites('puts hits without a value of the tag last, up and down', async () => {
    const valuesOf = async (order: string) => {
      const sort = [{ field: 'fields.Project', in: 'tags', as: 'text', order }];
      const { json } = await fixture.target.post('/entities/search?page[limit]=100', {
        query: type('experiment'),
        options: { sort },
      });
      return json.data.map((hit: { attributes: { tags: object } }) =>
        Reflect.get(hit.attributes.tags, 'fields.Project'),
      );
    };
    for (const values of [await valuesOf('asc'), await valuesOf('desc')]) {
      expect(values[0]).toBeDefined();
      expect(values.at(-1)).toBeUndefined();
    }
  });

  itWrites('finds by a word of a new name though no entity had it before', async () => {
    const { id } = await createChild(fixture.target, 'experiment', demoIds.notebook, { name: 'Zirconium trial' });
    const ids = async (query: unknown) =>
      (await find(fixture.target, query)).json.data.map((hit: { id: string }) => hit.id);
    expect(await ids({ $match: { field: 'name', value: 'zirconium' } })).toEqual([id]);
    expect(await ids({ $prefix: { field: 'name', value: 'zirc' } })).toEqual([id]);
    expect(await ids({ $simple: { query: 'zirco*' } })).toEqual([id]);
  });

  itWrites('matches words without mode keyword and the whole with it', async () => {
    const match = (mode: object) =>
      find(fixture.target, {
        $match: { field: 'fields.Project Identifier', value: 'AB-7-2031', in: 'tags', as: 'text', ...mode },
      });
    const loose = (await match({})).json.meta.total;
    const exact = (await match({ mode: 'keyword' })).json.meta.total;
    expect(loose).toBeGreaterThan(exact);
  });

  itWrites('needs in:"tags" for a field that is not of the system', async () => {
    const field = { field: 'fields.Project', value: 'Aurora', mode: 'keyword' };
    expect((await find(fixture.target, { $match: field })).json.meta.total).toBe(0);
    expect(
      (await find(fixture.target, { $match: { ...field, in: 'tags', as: 'text' } })).json.meta.total,
    ).toBeGreaterThan(0);
  });

  itWrites('refuses as:"string" with 400 and finds nothing with a wrong as', async () => {
    const field = { field: 'fields.Yield Target', value: 0, in: 'tags' };
    expect((await find(fixture.target, { $gte: { ...field, as: 'string' } })).status).toBe(400);
    expect((await find(fixture.target, { $gte: { ...field, as: 'integer' } })).json.meta.total).toBe(0);
    expect((await find(fixture.target, { $gte: { ...field, as: 'double' } })).json.meta.total).toBeGreaterThan(0);
  });

  itWrites('combines with $and, $or and $not', async () => {
    const total = async (query: unknown) => (await find(fixture.target, query)).json.meta.total;
    const [experiments, journals] = [await total(type('experiment')), await total(type('journal'))];
    expect(await total({ $or: [type('experiment'), type('journal')] })).toBe(experiments + journals);
    expect(await total({ $and: [type('experiment'), type('journal')] })).toBe(0);
    expect(await total({ $and: [type('experiment'), { $not: [notTemplate] }] })).toBe(3);
    expect(await total({ $in: { field: 'type', values: ['experiment', 'journal'] } })).toBe(experiments + journals);
  });

  itWrites('compares dates with $gt, $lte and $range', async () => {
    const { createdAt } = (await fixture.target.get(`/entities/${demoIds.experiment}`)).json.data.attributes;
    const date = { field: 'createdAt', as: 'date' };
    const inRange = await find(fixture.target, {
      $and: [type('experiment'), { $range: { ...date, from: createdAt, to: createdAt } }],
    });
    expect(names(inRange)).toEqual(['Run 7']);
    const after = await find(fixture.target, { $and: [type('experiment'), { $gt: { ...date, value: createdAt } }] });
    expect(names(after)).not.toContain('Run 7');
  });

  itWrites('finds the outer entity with $child and $parent', async () => {
    const drawing = { $chemsearch: { molecule: 'c1ccccc1', mime: 'chemical/x-daylight-smiles', options: 'full=true' } };
    const outer = await find(fixture.target, {
      $and: [type('experiment'), { $child: { $and: [type('chemicalDrawing'), drawing] } }],
    });
    expect(names(outer)).toContain('Run 7');
    const inner = await find(fixture.target, {
      $and: [type('grid'), { $parent: { $match: { field: 'eid', value: demoIds.experiment, mode: 'keyword' } } }],
    });
    expect(inner.json.data.map(({ id }: { id: string }) => id)).toEqual([demoIds.grid]);
  });

  itWrites('refuses the chemical option substructure with 400', async () => {
    const answer = await find(fixture.target, {
      $chemsearch: { molecule: 'CCO', mime: 'chemical/x-daylight-smiles', options: 'substructure' },
    });
    expect(answer.status).toBe(400);
  });

  itWrites('finds by prefix, by existence and by full text', async () => {
    expect(
      names(await find(fixture.target, { $and: [type('journal'), { $prefix: { field: 'name', value: 'arch' } }] })),
    ).toEqual(['Archive 2025']);
    expect(
      (await find(fixture.target, { $exists: { field: 'fields.Project', in: 'tags' } })).json.meta.total,
    ).toBeGreaterThan(0);
    expect((await find(fixture.target, { $simple: { query: 'crystal*' } })).json.meta.total).toBeGreaterThan(0);
  });

  itWrites('sorts by name, descending with a minus', async () => {
    const up = names(await find(fixture.target, type('journal'), '?sort=name'));
    const down = names(await find(fixture.target, type('journal'), '?sort=-name'));
    expect(up).toEqual(up.toSorted());
    expect(down).toEqual(up.toReversed());
  });

  itWrites('sorts by the order of the body', async () => {
    const answer = await fixture.target.post('/entities/search', {
      query: type('journal'),
      options: { sort: { createdAt: 'desc' }, limit: 3 },
    });
    const times = answer.json.data.map(({ attributes }: { attributes: { createdAt: string } }) => attributes.createdAt);
    expect(times).toHaveLength(3);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  itWrites('finds a new entity at once and no longer when it is trashed', async () => {
    const { id } = await createChild(fixture.target, 'experiment', demoIds.notebook, { name: 'Needle 4711' });
    const total = async () =>
      (await find(fixture.target, { $match: { field: 'name', value: 'Needle 4711', mode: 'keyword' } })).json.meta
        .total;
    expect(await total()).toBe(1);
    await fixture.target.remove(`/entities/${id}?force=true`);
    expect(await total()).toBe(0);
  });

  itWrites('no longer finds what is in a trashed experiment', async () => {
    const { id } = await createChild(fixture.target, 'experiment', demoIds.notebook, { name: 'Box' });
    await fixture.target.post(`/entities/${id}/children/inside-4712.html?force=true`, 'x', {
      headers: { 'content-type': 'text/html' },
    });
    const total = async () =>
      (await find(fixture.target, { $match: { field: 'name', value: 'inside-4712.html', mode: 'keyword' } })).json.meta
        .total;
    expect(await total()).toBe(1);
    await fixture.target.remove(`/entities/${id}?force=true`);
    expect(await total()).toBe(0);
  });

  itWrites('counts the distinct values of a field as terms', async () => {
    const { json } = await fixture.target.post('/entities/search/terms', { query: type('experiment'), field: 'owner' });
    expect(json.data[0].type).toBe('term');
    expect(json.data[0].relationships.user.data.id).toBe(json.data[0].attributes.term);
    expect(json.meta['distinct-count']).toBe(json.data.length);
  });

  itWrites('lists tags with their types, and answers an empty body with 504', async () => {
    const { json } = await fixture.target.post('/entities/search/tags', {
      query: type('experiment'),
      options: { count: 100 },
    });
    const yields = json.data.find(({ id }: { id: string }) => id === 'fields.Yield Target');
    expect([yields.type, yields.attributes.types[0].type]).toEqual(['tag', 'double']);
    expect((await fixture.target.send('POST', '/entities/search/tags')).status).toBe(504);
  });

  itWrites.each([[{}], [{ $nope: [] }], [[]], ['x'], [{ $and: {} }], [{ $match: {} }]])(
    'refuses the query %j with 400',
    async (query) => {
      expect((await find(fixture.target, query)).status).toBe(400);
    },
  );
});
