import { describe, expect, it } from 'vitest';
import { bareId, idsIn, rankOf } from '../../../../shared/signals/cache/entity-id.ts';
import { readDocument, sweptType } from '../../../../shared/signals/cache/records.ts';
import { isShortLived, tagsOfRead, tagsOfWrite, wideTagsOfWrite } from '../../../../shared/signals/cache/tags.ts';
import { upstream } from '../../cache/support.ts';

const reading = (path: string, method = 'GET') =>
  tagsOfRead(upstream.catalogue.match(method, path.split('?')[0] ?? ''), path);
const writing = (method: string, path: string, texts = {}, ancestors: Record<string, string[]> = {}) =>
  tagsOfWrite(
    upstream.catalogue.match(method, path),
    { target: path, request: '', answer: '', ...texts },
    async (eid) => ancestors[eid],
  );

/** Whether a write ends an answer. The entity in its path is purged by its mark as well. */
const ends = async (write: ReturnType<typeof writing>, read: readonly string[]): Promise<boolean> => {
  const purged = await write;
  return read.some((tag) => purged.includes(tag));
};

const patch = '/entities/experiment:e1/properties';
const known = { 'experiment:e1': ['journal:j1'], 'text:t1': ['experiment:e1', 'journal:j1'] };

describe('a write to an experiment', () => {
  it.each([
    ['the experiment', '/entities/experiment:e1', true],
    ['its other parts', '/entities/experiment:e1/history', true],
    ['its notebook', '/entities/journal:j1', true],
    ['children of its notebook', '/entities/journal:j1/children', true],
    ['lists', '/entities', true],
    ['links of any entity', '/entities/experiment:e9/relationships', true],
    ['another experiment', '/entities/experiment:e2', false],
    ['another notebook', '/entities/journal:j2', false],
    ['children of another notebook', '/entities/journal:j2/children', false],
    ['a material', '/materials/asset:a1', false],
    ['users', '/users/101', false],
  ])('ends, or spares, %s', async (_title, path, expected) => {
    expect(await ends(writing('PATCH', patch, {}, known), reading(path))).toBe(expected);
  });

  it('ends searches', async () => {
    expect(await ends(writing('PATCH', patch, {}, known), reading('/entities/search', 'POST'))).toBe(true);
  });

  it('ends all notebooks, and no other experiment, when its own is not known', async () => {
    expect(await ends(writing('PATCH', patch), reading('/entities/journal:j2'))).toBe(true);
    expect(await ends(writing('PATCH', patch), reading('/entities/journal:j2/children'))).toBe(true);
    expect(await ends(writing('PATCH', patch), reading('/entities/experiment:e2'))).toBe(false);
  });
});

describe('other writes', () => {
  it.each([
    ['an element ends its experiment', 'PATCH', '/adt/grid:g1', {}, '/entities/experiment:e1', true],
    ['an element spares other elements', 'PATCH', '/adt/grid:g1', {}, '/entities/text:t9', false],
    [
      'a table that updates samples ends all entities',
      'PATCH',
      '/adt/grid:g1?syncData=true',
      {},
      '/entities/text:t9',
      true,
    ],
    ['closing ends what is inside', 'POST', '/entities/experiment:e1/reviews/close', {}, '/entities/text:t1', true],
    ['trashing ends what is inside', 'DELETE', '/entities/experiment:e1', {}, '/entities/text:t1', true],
    [
      'an upload ends its parent',
      'POST',
      '/entities/experiment:e1/children/a.txt',
      {},
      '/entities/experiment:e1',
      true,
    ],
    ['a material ends its group', 'PATCH', '/materials/asset:a1', {}, '/materials/compounds/assets/id/A-1', true],
    ['a material spares experiments', 'PATCH', '/materials/asset:a1', {}, '/entities/experiment:e1', false],
    ['a material ends lists', 'PATCH', '/materials/asset:a1', {}, '/entities', true],
    ['a user ends everything', 'PATCH', '/users/101', {}, '/entities/experiment:e1', true],
    ['an unknown operation ends everything', 'POST', '/unheard/of', {}, '/entities/experiment:e1', true],
    ['reading a notification ends notifications', 'PATCH', '/notifications/1', {}, '/notifications', true],
    ['reading a notification spares the rest', 'PATCH', '/notifications/1', {}, '/entities', false],
  ] as const)('%s', async (_title, method, path, texts, read, expected) => {
    const [bare = ''] = path.split('?');
    const write = writing(method, bare, { target: path, ...texts }, known);
    const tags = reading(read).filter((tag) => read !== '/notifications' || tag !== 'class-listing');
    expect(await ends(write, tags)).toBe(expected);
  });

  it('creating ends the parent that the body names, and what is above it', async () => {
    const request = JSON.stringify({
      data: { relationships: { ancestors: { data: [{ type: 'experiment', id: 'experiment:e1' }] } } },
    });
    const answer = JSON.stringify({ data: { id: 'grid:g7' } });
    const write = () => writing('POST', '/entities', { request, answer }, known);
    expect(await ends(write(), reading('/entities/experiment:e1/children'))).toBe(true);
    expect(await ends(write(), reading('/entities/grid:g7'))).toBe(true);
    expect(await ends(write(), reading('/entities/journal:j1'))).toBe(true);
    expect(await ends(write(), reading('/entities/journal:j2'))).toBe(false);
  });

  it('creating without a parent ends all entities', async () => {
    expect(await ends(writing('POST', '/entities'), reading('/entities/experiment:e1'))).toBe(true);
  });
});

describe('answers that show other records', () => {
  const rename = '/entities/journal:j1/properties';
  const sample = '/samples/sample:s1/properties/1';
  const inExperiment = { 'sample:s1': ['experiment:e1', 'journal:j1'], 'journal:j1': [], 'task:t1': ['experiment:e1'] };

  it.each([
    ['the names above an entity, when one of them is renamed', rename, '/entities/text:t1/ancestors', true],
    ['children, which come with those names', rename, '/entities/experiment:e1/children', true],
    ['an include of ancestors', rename, '/entities/text:t1?include=owner,ancestors', true],
    ['the record itself, which shows no names from above', rename, '/entities/experiment:e1', false],
    ['a samples table that is not above the sample', sample, '/samplesTables/samplesContainer:c9/rows', true],
    ['a summary of samples', sample, '/sampleSummary/samplesContainer:c9/samples', true],
    ['cells with the sample', sample, '/adt/grid:g9', true],
    ['another experiment', sample, '/entities/experiment:e9', false],
    [
      'a to-do list that is not above the task',
      '/tasks/task:t1/properties/1',
      '/tasks/todo/linkedTaskContainer:l9/rows',
      true,
    ],
    ['cells with the material', '/materials/asset:a1/properties', '/adt/grid:g9', true],
    ['a reaction with the material', '/materials/asset:a1/properties', '/stoichiometry/chemicalDrawing:d9', true],
    ['a reaction with the container', '/inventory/containers/u1', '/stoichiometry/chemicalDrawing:d9', true],
    ['the container with the material', '/materials/asset:a1', '/inventory/containers/u1', true],
    ['the container with the sample', '/samples/sample:s1/properties', '/inventory/containers/u1', true],
    ['a material, which holds no sample', '/samples/sample:s1/properties', '/materials/asset:a1', false],
    ['the material as an entity', '/materials/batch:b1', '/entities/asset:a1', true],
    ['a bare id, which may be a material', '/materials/batch:b1', '/entities/u1', true],
    ['an experiment', '/materials/batch:b1', '/entities/experiment:e1', false],
    [
      'a reaction, by a write to the material as an entity',
      '/entities/asset:a1/properties',
      '/stoichiometry/chemicalDrawing:d9',
      true,
    ],
    [
      'notebooks, by a write to a material as an entity',
      '/entities/asset:a1/properties',
      '/entities/journal:j1',
      false,
    ],
    ['the experiment above a materials table', '/materialsTable/materialsTable:m1', '/entities/experiment:e1', true],
  ] as const)('end, or stay: %s', async (_title, write, read, expected) => {
    expect(await ends(writing('PATCH', write, {}, inExperiment), reading(read))).toBe(expected);
  });

  it('end for a material that is written by library and name', async () => {
    const creating = () => writing('POST', '/materials/compounds/assets/A-1/batches');
    expect(await ends(creating(), reading('/entities/asset:a1'))).toBe(true);
    expect(await ends(creating(), reading('/entities/batch:b1/properties'))).toBe(true);
    expect(await ends(creating(), reading('/materials/compounds/assets/id/A-1'))).toBe(true);
  });
});

describe('a write where it is not known what stands above', () => {
  it.each([
    ['the sample with the upload', 'imageResource:i1', '/entities/sample:s1', true],
    ['the task with the upload', 'imageResource:i1', '/entities/task:t1', true],
    ['the worksheet with the table', 'grid:g1', '/entities/worksheet:w1', true],
    ['rows of that worksheet', 'grid:g1', '/worksheet/worksheet:w1', true],
    ['the container of the sample', 'sample:s1', '/entities/samplesContainer:c1', true],
    ['the experiment around an object', 'ado:a1', '/entities/experiment:e1', true],
    ['the request around an experiment', 'experiment:e1', '/entities/request:r1', true],
    ['anything that an unknown type may be above', 'grid:g1', '/entities/unheard:u1', true],
    ['anything that may be above an unknown type', 'unheard:u1', '/entities/sample:s1', true],
    ['names of samples above', 'sample:s1', '/entities/text:t1/ancestors', true],
    ['other elements', 'grid:g1', '/entities/text:t1', false],
    ['what holds only less', 'sample:s1', '/entities/worksheet:w1', false],
  ])('ends, or spares, %s', async (_title, eid, read, expected) => {
    expect(await ends(writing('PATCH', `/entities/${eid}/properties`), reading(read))).toBe(expected);
  });
});

describe('the place of an element on its page', () => {
  it.each([
    ['another element is moved', 'PUT', '/entities/imageResource:i1/layout/location'],
    ['a file is put before it', 'POST', '/entities/experiment:e1/children/x.png'],
    ['its page is changed', 'PATCH', '/entities/experiment:e1/layout/pages/p1'],
    ['a page is taken away', 'DELETE', '/entities/experiment:e1/layout/pages/p1'],
    ['an element is created', 'POST', '/entities'],
    ['an element is trashed', 'DELETE', '/entities/text:t9'],
  ])('ends when %s', async (_title, method, path) => {
    for (const ancestors of [{}, { ...known, 'imageResource:i1': ['experiment:e1'] }]) {
      for (const read of ['/entities/text:t1/layout/location', '/entities/experiment:e1/layout/pages']) {
        expect(await ends(writing(method, path, {}, ancestors), reading(read))).toBe(true);
      }
    }
  });
});

describe('a write to users of contract partners', () => {
  it.each([
    ['POST', '/synergy/cros/cro:1/users'],
    ['POST', '/synergy/cros/cro:1/users/5/deactivate'],
    ['POST', '/synergy/cros/cro:1/users/5/reactivate'],
    ['POST', '/synergy/cros/cro:1/bulkUpdateUsers'],
    ['GET', '/synergy/cros/cro:1/bulkUpdateUsersStatus'],
  ])('ends users wherever they show: %s %s', async (method, path) => {
    for (const read of [
      '/users',
      '/users/5',
      '/scim/v2/Users',
      '/entities/experiment:e1',
      '/synergy/cros/cro:1/users',
    ]) {
      expect(await ends(writing(method, path), reading(read))).toBe(true);
    }
  });
});

describe('a write that names what nobody can read', () => {
  it('ends all entities', async () => {
    expect(await ends(writing('PATCH', patch, { request: undefined }, known), reading('/entities/text:t9'))).toBe(true);
    expect(await ends(writing('PATCH', patch, { answer: undefined }, known), reading('/entities/text:t9'))).toBe(true);
  });

  it('spares them when it is a file', async () => {
    const upload = '/entities/experiment:e1/children/a.txt';
    const texts = { request: undefined };
    expect(await ends(writing('POST', upload, texts, known), reading('/entities/text:t9'))).toBe(false);
    const named = { request: '{"id":"text:t9"}' };
    expect(await ends(writing('POST', upload, named, known), reading('/entities/text:t9'))).toBe(false);
  });
});

describe('wide tags', () => {
  it.each([
    ['PATCH', patch],
    ['POST', '/entities/experiment:e1/reviews/close'],
    ['PATCH', '/materials/asset:a1'],
    ['POST', '/users'],
    ['PATCH', '/notifications/1'],
  ])('of %s %s are known before it is sent, and purged after', async (method, path) => {
    const match = upstream.catalogue.match(method, path);
    const wide = wideTagsOfWrite({ ...match, target: path, request: '' });
    expect(wide.length).toBeGreaterThan(0);
    expect(wide.some((tag) => tag.includes(':'))).toBe(false);
    expect(await writing(method, path)).toEqual(expect.arrayContaining([...wide]));
  });
});

describe('tags that a write does not mark', () => {
  it('are on no answer that the sweep verifies, but for names of ancestors, which make it show more than one record', () => {
    const paths = upstream.catalogue.operations.map(({ method, path }) => ({
      method,
      path: path.replaceAll(/\{\w+\}/g, 'experiment:e1'),
    }));
    const verified = paths
      .map(({ method, path }) => upstream.catalogue.match(method, path))
      .filter((match) => sweptType(match, 200) !== undefined);
    expect(verified.length).toBeGreaterThan(1);
    for (const match of verified)
      expect(tagsOfRead(match, match.operation.path).filter(isShortLived), match.operation.path).toEqual([]);
    const included = [{ type: 'entity', id: 'journal:j1' }];
    expect(readDocument({ data: { id: 'experiment:e1' }, included })?.showsOnly('experiment')).toBe(false);
  });
});

describe('ids', () => {
  it('are read from JSON texts as whole strings', () => {
    const text =
      '{"a":"experiment:e1","b":"see experiment:e2 there","c":"https://x","d":"container:0b5c1d2e-0000-4000-8000-000000000001:ivt","e":"experiment:e1"}';
    expect(idsIn(text, 10)).toEqual(['experiment:e1', 'container:0b5c1d2e-0000-4000-8000-000000000001']);
    expect(idsIn(text, 1)).toHaveLength(1);
  });

  it('of attributes, which the properties of every record name, are none of records', async () => {
    const answer = '{"data":[{"meta":{"attribute":{"id":"attribute:1"}}}]}';
    expect(idsIn(answer, 10)).toEqual([]);
    expect(await writing('PATCH', patch, { answer }, known)).toEqual(await writing('PATCH', patch, {}, known));
  });

  it('are one in all spellings', () => {
    expect(['container:u1:ivt', 'u1', 'container:u1'].map(bareId)).toEqual(['u1', 'u1', 'u1']);
    const uuid = '0b5c1d2e-0000-4000-8000-00000000abcd';
    expect(bareId(`experiment:${uuid.toUpperCase()}`)).toBe(uuid);
    expect(bareId('asset:5F1E00000000000000000ABC')).toBe('5f1e00000000000000000abc');
    expect(bareId('Plate-1')).toBe('Plate-1');
  });

  it('tell how far up an entity can stand', () => {
    const downwards = ['journal', 'request', 'experiment', 'ado', 'samplesContainer', 'sample', 'worksheet', 'text'];
    const ranks = downwards.map((type) => rankOf(`${type}:x`));
    expect(ranks).toEqual(ranks.toSorted().toReversed());
    expect(new Set(ranks).size).toBe(downwards.length);
    expect(['asset:a', 'container:c', 'Text:t', 'unheard:u', 'bare'].map(rankOf)).toEqual([
      0,
      0,
      0,
      undefined,
      undefined,
    ]);
  });
});
