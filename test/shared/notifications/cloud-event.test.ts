import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toFacadeEvent } from '../../../shared/facade-events/facade-event.ts';
import {
  CloudEvent,
  toCloudEvent,
  toCloudEventText,
  toEntitySequence,
} from '../../../shared/notifications/cloud-event.ts';
import { clockSkewMillis, isFor, isSince } from '../../../shared/notifications/notification.ts';
import { isForConsumers, toOwnNotification } from '../../../shared/notifications/own-event.ts';
import { sized } from '../../support/test-size.ts';
import { aNotification, guideDocument, noon } from './builders.ts';

const source = '/signals-facade/test';

describe('the CloudEvent of a notification', () => {
  it('has the attributes of the interface, and the native document as data', () => {
    expect(toCloudEvent(aNotification(), { source, sequence: 3 })).toEqual({
      specversion: '1.0',
      id: '77',
      source,
      type: 'com.revvity.signals.close',
      subject: 'experiment:e1',
      time: '2026-06-15T11:59:59.000Z',
      datacontenttype: 'application/json',
      entitysequence: '00000000000000000003',
      data: guideDocument(),
    });
  });

  it('says why it stands outside the order, which event is parked, and that it was made by the facade', () => {
    const event = toCloudEvent(aNotification({ origin: 'reconstructed' }), {
      ...{ source, sequence: 0, mark: 'late', parkedEventId: '76' },
    });
    expect(event).toMatchObject({ delivery: 'late', parkedevent: '76', reconstructed: true });
    expect(event).not.toHaveProperty('entitysequence');
    expect(CloudEvent.parse(event)).toEqual(event);
  });

  it('is read as it was written, whatever the document holds, and has no character that SQS refuses', () => {
    const text = fc.string({ unit: 'binary' }).map((some) => `${some}\ufffe\uffff\ud800"`);
    fc.assert(
      fc.property(text, fc.json(), (some, json) => {
        const document = { some, more: JSON.parse(json) };
        const event = toCloudEvent(aNotification({ document }), { source, sequence: 1 });
        const sent = toCloudEventText(event);
        expect(JSON.parse(sent)).toEqual(JSON.parse(JSON.stringify(event)));
        // #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF (API reference, SendMessage).
        expect(sent).not.toMatch(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u);
      }),
      { numRuns: sized(100) },
    );
  });

  it('has numbers whose texts are in their order', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (one, other) => {
        expect(toEntitySequence(one) < toEntitySequence(other)).toBe(one < other);
      }),
    );
  });
});

describe("an event of the facade's own", () => {
  const token = { upstream: 'signals', consumerId: 'app', tokenId: 't1', diesAt: '2026-06-20T00:00:00.000Z' };
  const event = toFacadeEvent(
    { type: 'token.expired', subject: 'tokens/t1', data: token },
    { source, nowMillis: noon, newId: () => 'e-1' },
  );

  it('keeps its type, and is for the consumer that it names', () => {
    const notification = toOwnNotification(event, noon + 5);
    expect(toCloudEvent(notification, { source, sequence: 1 })).toMatchObject({
      ...{ id: event.id, type: 'token.expired', subject: 'tokens/t1', time: event.time, data: token },
    });
    expect(isFor(notification, { id: 'app' })).toBe(true);
    expect(isFor(notification, { id: 'other' })).toBe(false);
    expect(isFor(aNotification(), { id: 'other' })).toBe(true);
    expect(isForConsumers(event)).toBe(true);
  });

  it('is for the very consumer, and not for one that has got its id later', () => {
    const notification = toOwnNotification(event, noon, 'c_1');
    expect(isFor(notification, { id: 'app', incarnation: 'c_1' })).toBe(true);
    for (const later of [{ id: 'app', incarnation: 'c_2' }, { id: 'app' }])
      expect(isFor(notification, later)).toBe(false);
    expect(JSON.stringify(toCloudEvent(notification, { source, sequence: 1 }))).not.toContain('c_1');
  });

  it('is for operators alone where it says what others do', () => {
    const data = { upstream: 'signals', credentialId: 'c1', by: 'facade' } as const;
    const refused = toFacadeEvent(
      { type: 'credential.disabled', subject: 'credentials/c1', data },
      { source, nowMillis: noon, newId: () => 'e-2' },
    );
    expect(isForConsumers(refused)).toBe(false);
    for (const id of ['app', 'c1', '']) expect(isFor(toOwnNotification(refused, noon), { id })).toBe(false);
  });
});

describe('the start of a subscription', () => {
  it('counts a push from its receipt, and what was found later from when it happened', () => {
    const late = { createdAtMillis: noon - clockSkewMillis - 1, receivedAtMillis: noon };
    expect(isSince(aNotification({ ...late, origin: 'push' }), noon)).toBe(true);
    expect(isSince(aNotification({ ...late, origin: 'push' }), noon + 1)).toBe(false);
    expect(isSince(aNotification({ ...late, origin: 'pull' }), noon)).toBe(false);
    expect(isSince(aNotification({ ...late, origin: 'pull', createdAtMillis: noon - 1 }), noon)).toBe(true);
    expect(isSince(aNotification({ ...late, origin: 'reconstructed' }), noon)).toBe(false);
  });
});

describe('the document of the entity', () => {
  const user = { type: 'user', id: '101' };
  const whole = { type: 'entity', id: 'experiment:1', attributes: { digest: '7' } };
  const enrichment = { state: 'included', digest: '7', document: { data: whole, included: [user] } } as const;
  const dataOf = (document: unknown) => toCloudEvent(aNotification({ document }), { source: '/x', enrichment }).data;

  it('stands first among the related resources, each of which comes once', () => {
    const native = {
      data: { id: '1' },
      included: [{ type: 'task', id: '3' }, user, { type: 'entity', id: 'experiment:1' }],
    };
    expect(dataOf(native)).toEqual({ data: { id: '1' }, included: [whole, user, { type: 'task', id: '3' }] });
  });

  it.each([
    ['a resource alone', { id: '1' }, { id: '1' }],
    ['no object', [1], { data: [1] }],
    ['related resources that are none', { data: {}, included: 'x' }, { data: {} }],
  ])('goes with a native document that is %s', (_name, native, rest) => {
    expect(dataOf(native)).toEqual({ ...rest, included: [whole, user] });
  });

  it('adds nothing where there is none, but says why', () => {
    const event = toCloudEvent(aNotification({}), { source: '/x', enrichment: { state: 'no-right', digest: '7' } });
    expect(event).toEqual({
      ...toCloudEvent(aNotification({}), { source: '/x' }),
      enrichment: 'no-right',
      entitydigest: '7',
    });
  });
});
