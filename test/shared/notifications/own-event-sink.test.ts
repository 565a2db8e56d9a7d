import { expect, it } from 'vitest';
import { createMemoryEventSink } from '../../../shared/facade-events/adapters/memory.ts';
import { toEventText, toFacadeEvent } from '../../../shared/facade-events/facade-event.ts';
import { createMemoryIngress } from '../../../shared/notifications/adapters/memory-ingress.ts';
import { alsoToSubscribers } from '../../../shared/notifications/own-event-sink.ts';
import { noon } from './builders.ts';

const circumstances = { source: '/signals-facade/test', nowMillis: noon, newId: () => 'disabled-1' };
const token = { upstream: 'signals', consumerId: 'app', tokenId: 't1', diesAt: '2026-06-20T00:00:00.000Z' };
const expired = toFacadeEvent({ type: 'token.expired', subject: 'tokens/t1', data: token }, circumstances);
const key = { upstream: 'signals', credentialId: 'c1', by: 'facade' } as const;
const disabled = toFacadeEvent({ type: 'credential.disabled', subject: 'credentials/c1', data: key }, circumstances);
const fail = () => Promise.reject(new Error('no answer'));

it('sends every event to operators, and to subscriptions those that concern a consumer', async () => {
  const operations = createMemoryEventSink();
  const ingress = createMemoryIngress({ nowMillis: () => noon });
  expect(await alsoToSubscribers(operations, ingress).send([expired, disabled])).toEqual([]);
  expect(operations.events).toEqual([expired, disabled]);
  expect(ingress.works).toEqual([{ kind: 'facade-event', entity: 'tokens/t1', event: expired }]);
});

it('tells the dispatcher which consumer of the id it concerns, and no reader', async () => {
  const operations = createMemoryEventSink();
  const ingress = createMemoryIngress({ nowMillis: () => noon });
  const raised = toFacadeEvent(
    { type: 'token.expired', subject: 'tokens/t1', data: token, incarnation: 'c_1' },
    circumstances,
  );
  await alsoToSubscribers(operations, ingress).send([raised]);
  expect(ingress.works).toEqual([{ kind: 'facade-event', entity: 'tokens/t1', event: expired, incarnation: 'c_1' }]);
  expect(operations.events).toEqual([expired]);
  expect(toEventText(raised)).toBe(toEventText(expired));
});

it('takes each way though the other fails, and names what was not taken once', async () => {
  const operations = createMemoryEventSink();
  const withoutIngress = await alsoToSubscribers(operations, { add: fail }).send([expired, disabled]);
  expect([operations.events.length, withoutIngress.map(({ id }) => id)]).toEqual([2, [expired.id]]);
  const ingress = createMemoryIngress({ nowMillis: () => noon });
  const withoutQueue = await alsoToSubscribers({ send: fail }, ingress).send([expired, disabled]);
  expect([ingress.works.length, withoutQueue.map(({ id }) => id)]).toEqual([1, [expired.id, disabled.id]]);
  expect(await alsoToSubscribers({ send: fail }, { add: fail }).send([expired])).toHaveLength(1);
});
