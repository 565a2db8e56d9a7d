import { describe, expect, it } from 'vitest';
import { bareId, idsIn, rankOf } from '../../../shared/cache/entity-id.ts';
import { tagsOfRead, tagsOfWrite } from '../../../shared/cache/tags.ts';
import { upstream } from './support.ts';

const reading = (path: string, method = 'GET') => tagsOfRead(upstream.catalogue.match(method, path));
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

describe('ids', () => {
  it('are read from JSON texts as whole strings', () => {
    const text =
      '{"a":"experiment:e1","b":"see experiment:e2 there","c":"https://x","d":"container:0b5c1d2e-0000-4000-8000-000000000001:ivt","e":"experiment:e1"}';
    expect(idsIn(text, 10)).toEqual(['experiment:e1', 'container:0b5c1d2e-0000-4000-8000-000000000001']);
    expect(idsIn(text, 1)).toHaveLength(1);
  });

  it('are one in all spellings', () => {
    expect(['container:u1:ivt', 'u1', 'container:u1'].map(bareId)).toEqual(['u1', 'u1', 'u1']);
  });

  it('tell how far up an entity can stand', () => {
    expect(['journal:j', 'experiment:e', 'samplesContainer:s', 'text:t', 'bare'].map(rankOf)).toEqual([
      3,
      2,
      1,
      0,
      undefined,
    ]);
  });
});
