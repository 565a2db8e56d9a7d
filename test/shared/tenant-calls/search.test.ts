import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostOffset, pagesBehind, search } from '../../../shared/tenant-calls/search.ts';
import { answeringTenant } from '../../support/answering-tenant.ts';

describe('the pages of a search', () => {
  it('hold everything, or say on each page that they do not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99 }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 5_300 }),
        (first, limit, total) => {
          const said = new Set<boolean>();
          let end = first;
          for (let offset: number | undefined = first; offset !== undefined; ) {
            expect(offset).toBeLessThanOrEqual(mostOffset);
            const page = pagesBehind({ offset, limit }, total);
            said.add(page.isTruncated);
            end = offset + limit;
            offset = page.nextOffset;
          }
          expect([...said]).toEqual([end < total]);
        },
      ),
    );
  });

  it('are told apart where only whether there is more is known', () => {
    const behind = (offset: number) => pagesBehind({ offset, limit: 100 }, offset + 101);
    expect(behind(4_900)).toEqual({ nextOffset: 5_000, isTruncated: false });
    expect(behind(4_901)).toEqual({ nextOffset: undefined, isTruncated: true });
    expect(pagesBehind({ offset: 4_901, limit: 100 }, 4_901)).toEqual({ nextOffset: undefined, isTruncated: false });
  });

  it('are not those of an answer that does not say how many there are', async () => {
    const page = search(
      answeringTenant(() => ({ data: [] })),
      { conditions: [], offset: 0, limit: 100 },
    );
    await expect(page).rejects.toMatchObject({ code: 'UPSTREAM_UNREADABLE', message: expect.stringContaining('meta') });
  });

  it.each(['createdAt', '-modifiedAt', 'name', '-name'])(
    'have each hit once in the order %s, also where all are of one instant',
    async (sort) => {
      const instant = '2026-06-01T08:00:00.000Z';
      const rows = Array.from({ length: 25 }, (_, index) => ({
        id: `asset:${index}`,
        attributes: { name: `N-${index}`, createdAt: instant, modifiedAt: instant },
      }));
      // Nothing says how the tenant orders what its sort leaves open: here, in another way each time.
      const tenant = answeringTenant((path) => {
        const { searchParams } = new URL(path, 'https://tenant.example.com');
        const [offset, limit] = ['page[offset]', 'page[limit]'].map((name) => Number(searchParams.get(name)));
        const sorts = (searchParams.get('sort') ?? '').split(',');
        const byName = sorts.some((key) => /^-?name$/.test(key));
        rows.reverse();
        const ordered = byName ? rows.toSorted((a, b) => (a.attributes.name < b.attributes.name ? -1 : 1)) : rows;
        return { data: ordered.slice(offset, (offset ?? 0) + (limit ?? 0)), meta: { total: rows.length } };
      });
      const ids: string[] = [];
      for (let offset: number | undefined = 0; offset !== undefined; ) {
        const page = await search(tenant, { conditions: [], sort, offset, limit: 10 });
        ids.push(...page.hits.map(({ id }) => id));
        offset = page.nextOffset;
      }
      expect(ids.toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
    },
  );
});
