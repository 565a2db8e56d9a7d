import { expect, it } from 'vitest';
import { nonEmpty } from '../../../../test/support/non-empty.ts';
import { demoIds } from '../../src/demo/ids.ts';
import { facts, itWrites } from './target.ts';

facts(
  '4. document shapes',
  (fixture) => {
    it('gives a single entity the members links, data and included', async () => {
      const { id } = (await fixture.target.get('/entities?includeTypes=experiment&page[limit]=1')).json.data[0];
      const { json } = await fixture.target.get(`/entities/${id}`);
      expect(json.links.self).toContain(`/entities/${id}`);
      expect(json.data.links.self).toContain(`/entities/${id}`);
      expect(Object.keys(json.data.attributes)).toEqual(
        expect.arrayContaining([
          'id',
          'eid',
          'type',
          'name',
          'description',
          'createdAt',
          'editedAt',
          'digest',
          'fields',
          'flags',
        ]),
      );
      expect(Object.keys(json.data.relationships)).toEqual(
        expect.arrayContaining(['createdBy', 'editedBy', 'owner', 'ancestors', 'children', 'pdf']),
      );
      expect(Array.isArray(json.included)).toBe(true);
    });

    it('gives a list self and first, and no meta', async () => {
      const { json } = await fixture.target.get('/entities?page[limit]=1');
      expect(Object.keys(json.links)).toEqual(expect.arrayContaining(['self', 'first']));
      expect(json.meta).toBeUndefined();
      expect(json.links.last).toBeUndefined();
    });

    itWrites('leaves prev out on the first page and next out on the last', async () => {
      const first = (await fixture.target.get('/users?page[limit]=5')).json.links;
      const last = (await fixture.target.get('/users?page[limit]=5&page[offset]=10')).json.links;
      expect([first.prev, last.next]).toEqual([undefined, undefined]);
      expect(first.next).toContain('page[offset]=5');
      expect(last.prev).toContain('page[offset]=5');
    });

    itWrites('builds every link from the host that the client named', async () => {
      const { text } = await fixture.target.get(`/entities/${demoIds.experiment}`);
      const links = [...text.matchAll(/"(?:self|first|next|prev)":"([^"]*)"/g)].map(([, link]) => link ?? '');
      expect(nonEmpty(links).every((link) => link.startsWith(fixture.target.url))).toBe(true);
    });

    itWrites('fills in related resources when include is left out', async () => {
      const { included } = (await fixture.target.get(`/entities/${demoIds.experiment}`)).json;
      const types = new Set(included.map(({ type }: { type: string }) => type));
      expect(types).toEqual(new Set(['user', 'entity']));
    });

    itWrites('includes only what include names', async () => {
      const { included } = (await fixture.target.get(`/entities/${demoIds.experiment}?include=owner`)).json;
      expect(included.map(({ type, id }: { type: string; id: string }) => [type, id])).toEqual([['user', '101']]);
    });

    itWrites('gives included members no relationships except systemGroups on users', async () => {
      const { included } = (await fixture.target.get(`/entities/${demoIds.experiment}`)).json;
      for (const member of nonEmpty<{ type: string; relationships?: object }>(included))
        expect(Object.keys(member.relationships ?? {})).toEqual(member.type === 'user' ? ['systemGroups'] : []);
    });

    itWrites('shows a parent as a list of ancestors', async () => {
      const { ancestors } = (await fixture.target.get(`/entities/${demoIds.text}`)).json.data.relationships;
      expect(ancestors.data.map(({ id }: { id: string }) => id)).toEqual([demoIds.experiment, demoIds.notebook]);
    });

    itWrites('answers HEAD like GET, without the body', async () => {
      const head = await fixture.target.send('HEAD', '/version');
      const get = await fixture.target.get('/version');
      expect([head.status, head.bytes.byteLength, head.headers.get('content-length')]).toEqual([
        200,
        0,
        String(get.bytes.byteLength),
      ]);
    });
  },
  { gzip: false },
);
