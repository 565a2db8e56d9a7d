/** Stalled downloads of one consumer do not harm other consumers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { variables } from '../../shared/config/names.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { type Download, download, downloadSomeTime, startWatchedTenant } from '../support/downloads.ts';
import { isFull, sized } from '../support/test-size.ts';
import { startTwin, type TestTwin, templateProcesses } from '../support/twin.ts';

type Tenant = Awaited<ReturnType<typeof startWatchedTenant>>;

/** A twin that cuts slow callers after `slowReaderSeconds`, and a tenant whose open downloads are counted. */
const startWatchedTwin = async (
  slowReaderSeconds: number,
  more: Readonly<Record<string, string>> = {},
): Promise<{ twin: TestTwin; tenant: Tenant }> => {
  const tenant = await startWatchedTenant();
  const twin = await startTwin(
    {},
    {
      [variables.signalsUrl]: tenant.url,
      [variables.slowReaderSeconds]: String(slowReaderSeconds),
      ...more,
    },
    undefined,
    // Five large answers, and one process that is left for all other calls.
    { mostProcesses: sized(templateProcesses, 6) },
  );
  tenant.standBefore(twin.simulator.url);
  return { twin, tenant };
};

describe('twelve downloads of 60 MiB whose client never reads', () => {
  let twin: TestTwin;
  let tenant: Tenant;
  let stalled: Download[] = [];

  const call = (path: string, key: string): Promise<Response> =>
    fetch(twin.url + path, { headers: { 'x-api-key': key } });

  beforeAll(async () => {
    // Longer than the test on any machine: no slot comes free by a cut.
    ({ twin, tenant } = await startWatchedTwin(3_600));
    stalled = await Promise.all(Array.from({ length: 12 }, () => download(twin, 'demo-app')));
  });
  afterAll(async () => {
    for (const { incoming } of stalled) incoming.destroy();
    await twin?.close();
    tenant?.close();
  });

  it('are four answers and eight refusals with Retry-After, and every one is counted', () => {
    const said = twin.log.filter((line) => /large answers: |answer cut/.test(line)).join('\n');
    const statuses = stalled.map(({ status }) => status).toSorted();
    expect(statuses, said).toEqual([...Array(4).fill(200), ...Array(8).fill(429)]);
    const refused = stalled.filter(({ status }) => status === 429);
    expect(refused.map(({ error, retryAfter }) => [error.code, retryAfter])).toEqual(
      Array(8).fill(['TOO_MANY_LARGE_ANSWERS', '5']),
    );
    expect(new Set(refused.map(({ error }) => error.detail))).toEqual(
      new Set([expect.stringContaining('has 4 answers above 1 MiB in flight, the most for one consumer')]),
    );
    expect(twin.log.filter((line) => line.includes('LargeAnswersUncounted'))).toEqual([]);
  });

  it('hold four calls upstream: those of the refused are ended', () => expect.poll(tenant.open).toBe(4));

  it('leave every other call answered, the same consumer’s small ones and administration included', async () => {
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => call(`${signalsBasePath}/users`, 'demo-reader')),
      call(`${signalsBasePath}/users`, 'demo-app'),
      call('/v1/consumers', 'demo-admin'),
      call('/health', ''),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  });

  it('leave one large answer to the other consumers, of the five that half of ten executions may send', async () => {
    const [other, third] = [await download(twin, 'demo-reader'), await download(twin, 'demo-people')];
    expect([other.status, third.status, third.error.code]).toEqual([200, 429, 'TOO_MANY_LARGE_ANSWERS']);
    expect(third.error.detail).toContain('5 answers above 1 MiB are in flight, the most for all consumers together');
    other.incoming.destroy();
  });

  it('end their calls upstream and give their slots back when their client leaves', async () => {
    for (const { incoming } of stalled) incoming.destroy();
    await expect.poll(tenant.open).toBe(0);
    const next = await Promise.all(Array.from({ length: 4 }, () => downloadSomeTime(twin, 'demo-app')));
    expect(next.map(({ status }) => status)).toEqual(Array(4).fill(200));
    for (const { incoming } of next) incoming.destroy();
  });
});

// A twin of its own: full size only. test/functions/edge/delivery.test.ts cuts slow readers at every size.
describe.runIf(isFull)('a download whose client stays and does not read for the seconds that a slow reader has', () => {
  let twin: TestTwin;
  let tenant: Tenant;
  beforeAll(async () => {
    ({ twin, tenant } = await startWatchedTwin(2, { [variables.largeAnswersPerConsumer]: '1' }));
  });
  afterAll(async () => {
    await twin?.close();
    tenant?.close();
  });
  const linesWith = (text: string): number => twin.log.filter((line) => line.includes(text)).length;

  it('is cut, ends its call upstream and gives its slot back; log and metric say so', async () => {
    const { incoming: stalled } = await downloadSomeTime(twin, 'demo-app');
    await expect.poll(() => [linesWith('answer cut'), linesWith('"AnswersCut":1'), tenant.open()]).toEqual([1, 1, 0]);
    // Its client has not left: it is the cut that freed the only slot.
    const next = await downloadSomeTime(twin, 'demo-app');
    expect(next.status).toBe(200);
    await new Promise((resolve) => stalled.once('close', resolve).resume());
    expect(stalled.complete).toBe(false);
    next.incoming.destroy();
  });
});
