import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Circumstances,
  FacadeEvent,
  type FacadeEventFacts,
  facadeEventTypes,
  toEventText,
  toFacadeEvent,
} from '../../../shared/facade-events/facade-event.ts';
import { factsOfEachType } from './builders.ts';

const circumstances: Circumstances = {
  source: '/signals-facade/dev',
  nowMillis: Date.parse('2026-06-15T12:00:00Z'),
  newId: () => 'id-1',
  requestId: 'request-1',
};
const refused = (subject: string): FacadeEventFacts => ({
  type: 'credential.refused',
  subject,
  data: { upstream: 'signals', credentialId: subject },
});
const idAt = (facts: FacadeEventFacts, millis: number): string =>
  toFacadeEvent(facts, { ...circumstances, nowMillis: circumstances.nowMillis + millis }).id;

describe('an event of the facade', () => {
  it('is a CloudEvent 1.0', () => {
    expect(toFacadeEvent(refused('credentials/cred-1'), circumstances)).toEqual({
      specversion: '1.0',
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      source: '/signals-facade/dev',
      type: 'credential.refused',
      subject: 'credentials/cred-1',
      time: '2026-06-15T12:00:00.000Z',
      datacontenttype: 'application/json',
      requestid: 'request-1',
      data: { upstream: 'signals', credentialId: 'credentials/cred-1' },
    });
  });

  it('is understood by readers, whatever its type', () => {
    expect(factsOfEachType.map(({ type }) => type).toSorted()).toEqual(facadeEventTypes.toSorted());
    for (const facts of factsOfEachType) {
      const event = toFacadeEvent(facts, circumstances);
      expect(FacadeEvent.parse(JSON.parse(toEventText(event)))).toEqual(event);
    }
  });

  it('is at most 16 KiB of text that SQS takes, whatever an id holds', () => {
    const unit = fc.constantFrom('a', '"', '\\', '\uFFFF', '\u0001', '\u{1F600}', '\uD800', '\u2028', '\u00e9');
    const text = fc.array(unit, { minLength: 1, maxLength: 30 }).map((units) => units.join(''));
    const long = unit.map((one) => one.repeat(5_000));
    fc.assert(
      fc.property(fc.oneof(text, long), fc.oneof(text, long), (one, other) => {
        const event = toFacadeEvent(
          {
            type: 'secret.shown',
            subject: one,
            data: {
              ...{ upstream: one, operation: other, consumerId: one, credentialId: other },
              ...{ where: 'body', how: 'cut' },
            },
          },
          { ...circumstances, requestId: one, traceId: other },
        );
        const sent = toEventText(event);
        expect(Buffer.byteLength(sent)).toBeLessThanOrEqual(16_384);
        expect(sent).toMatch(/^[ -~]*$/);
        expect(JSON.parse(sent)).toEqual(event);
      }),
      { numRuns: 30 },
    );
  });

  it('has one id for all instances that tell of the same thing at about the same time', () => {
    expect(idAt(refused('a'), 0)).toBe(idAt(refused('a'), 59_999));
    expect(idAt(refused('a'), 0)).not.toBe(idAt(refused('a'), 60_000));
    expect(idAt(refused('a'), 0)).not.toBe(idAt(refused('b'), 0));
  });

  it('has one id for the death of a token for ever, and another each time that a key is disabled', () => {
    const expired = factsOfEachType.find(({ type }) => type === 'token.expired') as FacadeEventFacts;
    const disabled = factsOfEachType.find(({ type }) => type === 'credential.disabled') as FacadeEventFacts;
    expect(idAt(expired, 0)).toBe(idAt(expired, 400 * 86_400_000));
    expect(idAt(disabled, 0)).toBe('id-1');
  });
});
