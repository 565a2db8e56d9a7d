/** What the compiler refuses: `npm run check` fails where one of these lines has no error. */
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { components } from '../src/index.ts';
import { fakeFacade } from './fake-facade.ts';

type Schemas = components['schemas'];

describe('the types of the client', () => {
  const { client } = fakeFacade();

  it('give the answer of the operation', () => {
    const read = () => client.GET('/v1/exports/{exportId}', { params: { path: { exportId: 'e1' } } });
    expectTypeOf(read).returns.resolves.toHaveProperty('data').toEqualTypeOf<Schemas['ExportDocument']>();
    const stream = () =>
      client.GET('/v1/exports/{exportId}/content', { params: { path: { exportId: 'e1' } }, parseAs: 'stream' });
    expectTypeOf(stream).returns.resolves.toHaveProperty('data').toEqualTypeOf<Response['body']>();
    const items = () => client.list('/v1/exports');
    expectTypeOf(items).returns.toEqualTypeOf<AsyncGenerator<Schemas['Export']>>();
    expect(read).toBeTypeOf('function');
  });

  it('give the answers of native operations', () => {
    const path = { eid: 'experiment:e1' };
    const read = async () => (await client.GET('/api/rest/v1.0/entities/{eid}', { params: { path } })).data.data;
    expectTypeOf(read).returns.resolves.toEqualTypeOf<Schemas['NativeEntity']>();
    const digest = async () => (await read()).attributes.digest;
    expectTypeOf(digest).returns.resolves.toEqualTypeOf<string>();
    const items = () => client.list('/api/rest/v1.0/users');
    expectTypeOf(items).returns.toEqualTypeOf<AsyncGenerator<Schemas['NativeUser']>>();
    const more = async () => (await read()).attributes.ofTheNextRelease;
    expectTypeOf(more).returns.resolves.toEqualTypeOf<unknown>();
    expect([read, digest, items, more].map((call) => typeof call)).toEqual(Array(4).fill('function'));
  });

  it('refuse a path, a parameter, a body and a member that no operation has', () => {
    const wrong = [
      // @ts-expect-error no such path
      () => client.GET('/v1/export'),
      // @ts-expect-error the path needs an id
      () => client.GET('/v1/exports/{exportId}'),
      // @ts-expect-error a number is no cursor
      () => client.GET('/v1/exports', { params: { query: { 'page[cursor]': 7 } } }),
      // @ts-expect-error a misspelt parameter
      () => client.GET('/v1/exports', { params: { query: { 'page[limits]': 7 } } }),
      // @ts-expect-error the path is for GET and POST
      () => client.DELETE('/v1/exports'),
      // @ts-expect-error a misspelt option, where the right one may be missing
      () => client.export({ kind: 'pdf', entity: 'experiment:e1', options: { histroy: true } }),
      () =>
        client.POST('/v1/exports', {
          // @ts-expect-error the same in the body of a call
          body: { data: { type: 'export', attributes: { kind: 'pdf', entity: 'e', options: { histroy: true } } } },
        }),
    ];
    expect(wrong).toHaveLength(7);
  });
});
