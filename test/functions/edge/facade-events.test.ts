/** Which incidents raise events, and which events leave the facade. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exportFacts } from '../../../functions/edge/export-events.ts';
import { connectFacadeEvents, raiseFacadeEvent, withFacadeEvents } from '../../../functions/edge/facade-events.ts';
import { raiseKeyEvent } from '../../../functions/edge/key-events.ts';
import { logger } from '../../../functions/edge/logger.ts';
import { raiseNearLimit } from '../../../functions/edge/quota-events.ts';
import { tellOfSecret } from '../../../functions/edge/secret-events.ts';
import { loggedTokenEvents, raiseDistrust } from '../../../functions/edge/token-events.ts';
import { createMemoryEventSink } from '../../../shared/facade-events/adapters/memory.ts';
import {
  FacadeEvent,
  facadeEventTypes,
  type RaisedEvent,
  toEventText,
} from '../../../shared/facade-events/facade-event.ts';
import { driftFacts } from '../../../shared/registration/drift-event.ts';
import { tokenEvent } from '../../../shared/tokens/events.ts';
import { exchangeOf } from '../../shared/cache/support.ts';
import { disabledKey } from '../../shared/facade-events/builders.ts';
import { tokenOf } from '../../shared/tokens/builders.ts';
import { nonEmpty } from '../../support/non-empty.ts';

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  for (const level of ['warn', 'error'] as const) vi.spyOn(logger, level).mockReturnValue(undefined);
  vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1');
});
// Other files of this worker raise events of their own.
afterEach(() => connectFacadeEvents(createMemoryEventSink(), 'test'));

const report = {
  living: 2,
  doubted: 3,
  dead: 1,
  touched: 3,
  left: 0,
  orphaned: 0,
  unreadable: 0,
  oldestIdleDays: 1,
  daysLeft: [],
};
const secret = { kind: 'service', id: 'cred-1', principal: 'p', secret: 'the-secret' } as const;

const drifted = {
  ...{ sampleId: 'sample:1', version: 1, self: '2', external: '1', seenAtMillis: 1 },
  drift: { sinceMillis: 1, isTold: false },
};

const raiseAll = async (): Promise<void> => {
  raiseKeyEvent('refused', { upstream: 'signals', id: 'cred-1' }, 'facade');
  raiseKeyEvent('disabled', { upstream: 'signals', id: 'cred-1' }, 'facade');
  loggedTokenEvents.raise(tokenEvent('token.expired', tokenOf({ subject: 'anna@example.com' }), 0));
  loggedTokenEvents.raise(tokenEvent('token.expiring', tokenOf({ subject: 'anna@example.com' }), 0));
  raiseDistrust({ ...report, brokenOff: 1 });
  tellOfSecret(exchangeOf(), secret, { where: 'header', how: 'masked' });
  const job = {
    id: 'export-1',
    consumerId: 'app',
    incarnation: 'c_1',
    wish: { kind: 'pdf' as const, subject: 'experiment:1', digest: '1', options: {}, principal: 'p' },
  };
  for (const state of ['succeeded', 'failed'] as const) raiseFacadeEvent(exportFacts(job, { state }));
  raiseNearLimit({ QuotaUsed: 900, QuotaLimit: 1_000 });
  raiseFacadeEvent(driftFacts(drifted));
};

describe('the events of an invocation', () => {
  it('leave before it ends, each type as readers know it, with its request and its trace', async () => {
    const sink = createMemoryEventSink();
    connectFacadeEvents(sink, 'prod');
    await withFacadeEvents('request-1', raiseAll);
    expect(sink.events.map(({ type }) => type).toSorted()).toEqual(facadeEventTypes.toSorted());
    for (const event of nonEmpty(sink.events)) {
      expect(FacadeEvent.parse(event)).toEqual(event);
      expect(event).toMatchObject({
        source: '/signals-facade/prod',
        requestid: 'request-1',
        traceid: 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1',
      });
    }
  });

  it('that concern a consumer tell the dispatcher which of all that had its id, and no reader', async () => {
    const raised: RaisedEvent[] = [];
    const send = async (events: readonly RaisedEvent[]) => {
      raised.push(...events);
      return [];
    };
    connectFacadeEvents({ send }, 'prod');
    await withFacadeEvents('request-1', async () => {
      await raiseAll();
      loggedTokenEvents.raise(tokenEvent('token.expired', tokenOf({ incarnation: 'app', version: 'before' }), 0));
    });
    const concerned = raised.flatMap(({ type, incarnation }) =>
      incarnation === undefined ? [] : [[type, incarnation]],
    );
    expect(concerned.toSorted()).toEqual([
      ['export.completed', 'c_1'],
      ['export.failed', 'c_1'],
      ['token.expired', 'app-1'],
      ['token.expiring', 'app-1'],
    ]);
    expect(raised.filter(({ type }) => type === 'token.expired')).toHaveLength(2);
    expect(raised.map(toEventText).join()).not.toMatch(/app-1|c_1/);
  });

  it('hold no secret and no name of a person', async () => {
    const sink = createMemoryEventSink();
    connectFacadeEvents(sink, 'prod');
    await withFacadeEvents('request-1', raiseAll);
    expect(sink.events.length).toBeGreaterThan(0);
    expect(JSON.stringify(sink.events)).not.toMatch(/the-secret|anna|example\.com/);
  });

  it('are none for a budget below 90 % or not yet known, and for a run that was not broken off', async () => {
    const sink = createMemoryEventSink();
    connectFacadeEvents(sink, 'prod');
    await withFacadeEvents('request-1', async () => {
      raiseNearLimit({ QuotaUsed: 899, QuotaLimit: 1_000 });
      raiseNearLimit({});
      raiseDistrust({ ...report, brokenOff: 0 });
    });
    expect(sink.events).toEqual([]);
  });

  it('stand whole in the log and in a metric when they are lost, and change neither answer nor failure', async () => {
    connectFacadeEvents({ send: () => Promise.reject(new Error('AccessDenied')) }, 'prod');
    const answer = withFacadeEvents('request-1', async () => {
      raiseFacadeEvent(disabledKey('cred-1'));
      return 'answer';
    });
    await expect(answer).resolves.toBe('answer');
    const failure = withFacadeEvents('request-2', async () => {
      raiseFacadeEvent(disabledKey('cred-2'));
      throw new Error('of the request');
    });
    await expect(failure).rejects.toThrow('of the request');
    const told = vi.mocked(logger.error).mock.calls.map(([text, extra]) => [text, extra]);
    expect(told).toEqual(
      ['cred-1', 'cred-2'].map((credentialId) => [
        'facade event lost',
        expect.objectContaining({
          reason: 'AccessDenied',
          event: expect.objectContaining({ data: expect.objectContaining({ credentialId }) }),
        }),
      ]),
    );
    expect(lines.filter((line) => line.includes('"FacadeEventsLost":1'))).toHaveLength(2);
  });
});
