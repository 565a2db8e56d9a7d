import { describe, expect, it } from 'vitest';
import { fingerprintOf, type KeyedRequest, readKey, recordName } from '../../../shared/idempotency/key.ts';

const keyOf = (...values: string[]) => readKey(values.map((value): [string, string] => ['idempotency-key', value]));

describe('an Idempotency-Key', () => {
  it.each([
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"8e03978e"', '8e03978e'],
    ['"a\\"b\\\\c"', 'a"b\\c'],
    ['a"b', 'a"b'],
    ['~!', '~!'],
    ['k'.repeat(255), 'k'.repeat(255)],
  ])('%j reads %j', (value, key) => {
    expect(keyOf(value)).toBe(key);
  });

  it.each(['', '""', '"', '"open', '"a"b"', '"a\\n"', 'two words', 'k1, k1', 'schlüssel', 'k'.repeat(256), '"a";p=1'])(
    '%j is refused',
    (value) => {
      expect(() => keyOf(value)).toThrow(
        expect.objectContaining({
          code: 'REQUEST_INVALID',
          facts: expect.objectContaining({ source: { header: 'Idempotency-Key' } }),
        }),
      );
    },
  );

  it('is refused when there are two, and none is none', () => {
    expect(() => keyOf('a', 'a')).toThrow(/one Idempotency-Key/);
    expect(keyOf()).toBeUndefined();
  });
});

const keyed = (parts: Partial<KeyedRequest> = {}, request: Partial<KeyedRequest['request']> = {}): KeyedRequest => ({
  request: {
    requestId: 'r',
    method: 'POST',
    headers: [],
    body: undefined,
    publicUrl: '',
    deadlineMillis: 0,
    ...request,
  },
  consumer: { id: 'app' },
  target: '/api/rest/v1.0/entities?digest=1',
  upstream: { name: 'signals' },
  ...parts,
});

describe('the record of a key', () => {
  it('is apart for each consumer, person and token, and shows neither key nor token', () => {
    const names = [
      recordName(keyed(), 'k'),
      recordName(keyed({ consumer: { id: 'other' } }), 'k'),
      recordName(keyed({ subject: 'anna' }), 'k'),
      recordName(keyed({ subject: 'ben' }), 'k'),
      recordName(keyed({ bearer: 'anna' }), 'k'),
      recordName(keyed(), 'k2'),
    ];
    expect(new Set(names).size).toBe(names.length);
    expect(recordName(keyed({ bearer: 'the-token' }), 'the-key')).not.toMatch(/the-/);
  });

  it('has a fingerprint that any difference in the request changes, and its other headers do not', () => {
    const body = Buffer.from('{}');
    const type = (value: string): [string, string] => ['content-type', value];
    const base = fingerprintOf(keyed({}, { body, headers: [type('a/b')] }));
    expect(fingerprintOf(keyed({}, { body: Buffer.from('{}'), headers: [type('a/b'), ['accept', '*']] }))).toBe(base);
    const others = [
      keyed({}, { body: Buffer.from('{ }'), headers: [type('a/b')] }),
      keyed({}, { headers: [type('a/b')] }),
      keyed({}, { body, headers: [type('a/c')] }),
      keyed({}, { body }),
      keyed({ target: '/api/rest/v1.0/entities?digest=2' }, { body, headers: [type('a/b')] }),
      keyed({ upstream: { name: 'tissuemaps' } }, { body, headers: [type('a/b')] }),
    ];
    expect(new Set([base, ...others.map(fingerprintOf)]).size).toBe(others.length + 1);
  });
});
