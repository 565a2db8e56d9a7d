import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../functions/edge/parse-request.ts';
import { createMemoryAuditLog } from '../../../shared/audit/adapters/memory.ts';
import { toAuditDocument, toAuditQuery } from '../../../shared/audit/audit-document.ts';
import { readAuditPage } from '../../../shared/audit/page.ts';
import { readAudit } from '../../../shared/audit/routes.ts';
import type { Query } from '../../../shared/http/query.ts';
import { intent, noon, outcome } from './support.ts';

const parseAuditQuery = (query: Query, nowMillis: number) =>
  toAuditQuery(parseQuery(readAudit, { query }) as Parameters<typeof toAuditQuery>[0], nowMillis);

const now = noon + 3_600_000;
type Pairs = readonly (readonly [string, string])[];

const createLog = async (count: number) => {
  const log = createMemoryAuditLog(() => now);
  for (let index = 0; index < count; index += 1) {
    const parts = { id: `w${index}`, startedMillis: noon + index, consumer: index % 2 === 0 ? 'app' : 'other' };
    await log.append(intent(parts));
    if (index % 3 !== 0) await log.append(outcome({ ...parts, outcome: index % 3 === 1 ? 'done' : 'refused' }));
  }
  return log;
};

/** Follows links.next to the end, as a client does. */
const readAll = async (log: Awaited<ReturnType<typeof createLog>>, query: Pairs) => {
  const pages: string[][] = [];
  let pairs = query;
  for (;;) {
    const page = await readAuditPage(log, parseAuditQuery(pairs, now), now);
    const document = toAuditDocument(page, 'https://facade.example.com/v1/audit', pairs);
    pages.push(document.data.map(({ id }) => id));
    const next = (document.links as { next?: string }).next;
    if (next === undefined) return pages;
    pairs = [...new URL(next).searchParams];
  }
};

describe('pages of the audit log', () => {
  it('show every write once, newest first, with the outcome of those that have one', async () => {
    const pages = await readAll(await createLog(10), [['page[size]', '4']]);
    expect(pages).toEqual([
      ['w9', 'w8', 'w7', 'w6'],
      ['w5', 'w4', 'w3', 'w2'],
      ['w1', 'w0'],
    ]);
  });

  it('have as many entries as `page[limit]` says, by its former name too', async () => {
    const log = await createLog(10);
    for (const name of ['page[limit]', 'page[size]'])
      expect((await readAll(log, [[name, '6']])).map((page) => page.length)).toEqual([6, 4]);
  });

  it('keep their filters from page to page', async () => {
    const log = await createLog(40);
    const query = (...pairs: Pairs) => readAll(log, [['page[size]', '3'], ...pairs]).then((pages) => pages.flat());
    const all = Array.from({ length: 40 }, (_, index) => 39 - index);
    const names = (indexes: number[]) => indexes.map((index) => `w${index}`);
    expect(await query(['outcome', 'refused'])).toEqual(names(all.filter((index) => index % 3 === 2)));
    expect(await query(['outcome', 'unknown'])).toEqual(names(all.filter((index) => index % 3 === 0)));
    expect(await query(['consumer', 'other'])).toEqual(names(all.filter((index) => index % 2 === 1)));
    expect(await query(['consumer', 'other'], ['entity', 'experiment:e1'])).toEqual(
      names(all.filter((index) => index % 2 === 1)),
    );
    expect(await query(['entity', 'experiment:e2'])).toEqual([]);
    const from = new Date(noon + 5).toISOString();
    const to = new Date(noon + 8).toISOString();
    expect(await query(['from', from], ['to', to])).toEqual(['w7', 'w6', 'w5']);
  });

  it('look at a bounded number of records where a filter leaves nothing, and say where to go on', async () => {
    const log = await createLog(100);
    const query = parseAuditQuery(
      [
        ['outcome', 'failed'],
        ['page[size]', '1'],
      ],
      now,
    );
    expect(await readAuditPage(log, query, now)).toMatchObject({ entries: [], next: expect.any(String) });
  });

  it('tell of an entry all that is known, with instants in words', async () => {
    const log = createMemoryAuditLog(() => now);
    await log.append(outcome({ subject: 'anna', queryNames: ['digest'] }));
    const page = await readAuditPage(log, parseAuditQuery([], now), now);
    expect(toAuditDocument(page, 'https://facade.example.com/v1/audit', [])).toEqual({
      links: {},
      data: [
        {
          type: 'audit-entry',
          id: 'a1',
          attributes: {
            kind: 'native',
            requestId: 'request-1',
            startedAt: '2026-06-15T12:00:00.000Z',
            endedAt: '2026-06-15T12:00:00.040Z',
            durationMillis: 40,
            consumer: 'app',
            subject: 'anna',
            credential: { kind: 'service', id: 'k1', principal: 'service:signals' },
            operation: 'PATCH /entities/{eid}/properties',
            upstream: 'signals',
            group: 'entities',
            target: '/api/rest/v1.0/entities/experiment:e1/properties',
            queryNames: ['digest'],
            entity: 'experiment:e1',
            outcome: 'done',
            status: 200,
            keptUntil: '2100-01-01T00:00:00.000Z',
          },
        },
      ],
    });
  });
});

describe('the parameters of the audit log', () => {
  it.each([
    ['from', 'yesterday', /instant/],
    ['to', '2026-06-15', /instant/],
    ['consumer', 'Not An Id', /id has/],
    ['entity', '', /entity/],
    ['outcome', 'fine', /one of done/],
    ['page[size]', '0', /at least 1/],
    ['page[size]', '101', /at most 100/],
    ['page[size]', 'ten', /whole number/],
    ['page[limit]', '0', /from 1 to 100/],
    ['page[cursor]', 'made-up', /links\.next/],
    ['page[cursor]', Buffer.from('2026-99-99T00:00:00.000Z#x').toString('base64url'), /links\.next/],
    ['page[offset]', '10', /not a query parameter/],
  ])('%s = %j is refused by name', (name, value, detail) => {
    expect(() => parseAuditQuery([[name, value]], now)).toThrow(
      expect.objectContaining({
        code: 'REQUEST_INVALID',
        facts: expect.objectContaining({ source: { parameter: name }, detail: expect.stringMatching(detail) }),
      }),
    );
  });

  it('are refused when given twice, and when the range is upside down', () => {
    const twice: Pairs = [
      ['consumer', 'a'],
      ['consumer', 'b'],
    ];
    expect(() => parseAuditQuery(twice, now)).toThrow(/more than once/);
    const upsideDown: Pairs = [
      ['from', '2026-06-02T00:00:00Z'],
      ['to', '2026-06-01T00:00:00Z'],
    ];
    expect(() => parseAuditQuery(upsideDown, now)).toThrow(/before to/);
  });

  it('reach back 30 days by themselves, and to the beginning for one consumer or entity', () => {
    expect(parseAuditQuery([], now).fromMillis).toBe(now - 30 * 86_400_000);
    expect(parseAuditQuery([['consumer', 'app']], now)).toMatchObject({ fromMillis: 0, of: { consumer: 'app' } });
    expect(parseAuditQuery([['entity', 'experiment:e1']], now)).toMatchObject({ fromMillis: 0 });
  });

  it('never send a reader through days that have not come', () => {
    expect(parseAuditQuery([['to', '9999-01-01T00:00:00Z']], now).untilMillis).toBe(now + 86_400_000);
  });
});
