/** The feed against the simulator, and against answers that no tenant should give. */
import { describe, expect, it } from 'vitest';
import { demoKey } from '../../../packages/signals-simulator/src/options.ts';
import { startSimulator } from '../../../packages/signals-simulator/src/simulator.ts';
import { isMalformed, readNotification } from '../../../shared/notifications/read-notification.ts';
import { createSignalsNotificationFeed } from '../../../shared/signals/notification-feed.ts';
import { closedAfterTest } from '../../support/aws.ts';
import { tenantSize } from '../../support/test-size.ts';
import { noon } from '../notifications/builders.ts';

const answering = (document: unknown, status = 200) => {
  const asked: string[] = [];
  const feed = createSignalsNotificationFeed(async (pathAndQuery) => {
    asked.push(decodeURIComponent(pathAndQuery));
    const body = typeof document === 'string' ? document : JSON.stringify(document);
    return { status, headers: [['date', 'Mon, 15 Jun 2026 12:00:00 GMT']], body: Buffer.from(body) };
  });
  return { feed, asked };
};
const query = { status: 'all', offset: 0, limit: 2 } as const;

describe('the feed of a Signals tenant', () => {
  it('lists every notification of the simulator once, page by page, and dismisses one', async () => {
    const simulator = await closedAfterTest(startSimulator(tenantSize));
    const feed = createSignalsNotificationFeed(async (pathAndQuery, patch) => {
      const answer = await fetch(`${simulator.url}/api/rest/v1.0${pathAndQuery}`, {
        headers: { 'x-api-key': demoKey, 'content-type': 'application/vnd.api+json' },
        ...(patch === undefined ? {} : { method: 'PATCH', body: JSON.stringify(patch) }),
      });
      return { status: answer.status, headers: [...answer.headers], body: new Uint8Array(await answer.arrayBuffer()) };
    });
    const walk = async (status: 'all' | 'notdismissed') => {
      const ids: string[] = [];
      for (let offset: number | undefined = 0; offset !== undefined; ) {
        const page: Awaited<ReturnType<typeof feed.list>> = await feed.list({ status, offset, limit: 7 });
        for (const document of page.documents) {
          const read = readNotification(document, { origin: 'pull', receivedAtMillis: Date.now() });
          ids.push(isMalformed(read) ? read.reason : read.id);
          expect((document as { included: unknown[] }).included).toHaveLength(2);
        }
        offset = page.nextOffset;
      }
      return ids;
    };
    const all = await walk('all');
    expect(all.toSorted((one, other) => Number(one) - Number(other))).toEqual(
      Array.from({ length: 24 }, (_, index) => String(index + 1)),
    );
    const before = await walk('notdismissed');
    await feed.dismiss(before[0] ?? '');
    expect(await walk('notdismissed')).toEqual(before.slice(1));
  });

  it('asks for both states and for whole seconds around the bounds', async () => {
    const { feed, asked } = answering({ data: [] });
    const page = await feed.list({ ...query, fromMillis: noon + 1, untilMillis: noon + 1_001 });
    expect(asked[0]).toBe(
      '/notifications?status=dismissed,notdismissed&from=2026-06-15T12:00:00.000Z&to=2026-06-15T12:00:02.000Z&page[offset]=0&page[limit]=2',
    );
    expect(page).toEqual({ documents: [], nextOffset: undefined, tenantMillis: noon });
  });

  it.each([
    ['a next link', { data: [1], links: { next: 'https://snb.example.com/x?page[offset]=9' } }, 9],
    [
      'a next link that does not advance',
      { data: [1], links: { next: 'https://snb.example.com/x?page[offset]=0' } },
      1,
    ],
    ['an empty page that links to itself', { data: [], links: { next: 'https://snb.example.com/x' } }, undefined],
    ['no next link', { data: [1, 2], links: {} }, undefined],
    ['no links and a full page', { data: [1, 2] }, 2],
    ['no links and a short page', { data: [1] }, undefined],
  ])('knows where a list goes on by %s', async (_name, document, nextOffset) => {
    expect((await answering(document).feed.list(query)).nextOffset).toBe(nextOffset);
  });

  it.each([
    ['no JSON', '{', 200],
    ['no list', { data: {} }, 200],
    ['brackets', '['.repeat(100_000), 200],
    ['a refusal', { errors: [] }, 429],
  ])('takes %s for no answer', async (_name, document, status) => {
    await expect(answering(document, status).feed.list(query)).rejects.toMatchObject({ code: 'UPSTREAM_UNREADABLE' });
  });

  it('gives a resource alone where what it names is not there or is no reference', async () => {
    const data = [{ relationships: { entity: { data: 5 }, createdBy: null } }, 7, null, { relationships: [] }];
    const { documents } = await answering({ data, included: [null, 5, { type: 'user' }] }).feed.list(query);
    expect(documents).toEqual(data.map((resource) => ({ data: resource })));
  });
});
