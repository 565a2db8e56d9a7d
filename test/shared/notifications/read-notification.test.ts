import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockSkewMillis } from '../../../shared/notifications/notification.ts';
import { isMalformed, readNotification, readPush } from '../../../shared/notifications/read-notification.ts';
import { sized } from '../../support/test-size.ts';
import { bytesOf, guideDocument, noon, specificationDocument } from './builders.ts';

const pushed = (document: unknown) => readPush(bytesOf(document), noon);
const at = (createdAt: unknown) => {
  const document = guideDocument();
  Object.assign(document.data.attributes, { createdAt });
  return pushed(document);
};

describe('reading a push', () => {
  it.each([
    ['the guide', guideDocument()],
    ['the specification', specificationDocument()],
  ])('reads the shape of %s, and keeps the document as it came', (_name, document) => {
    expect(pushed(document)).toEqual({
      id: '77',
      type: 'close',
      entity: 'experiment:e1',
      createdAtMillis: noon - 1_000,
      receivedAtMillis: noon,
      origin: 'push',
      document,
    });
  });

  it('reads a resource without its envelope, a number as id, a byte order mark, and types that nobody knows', () => {
    const { data } = guideDocument({ type: 'two_stage_review_request_for_reviewer' });
    expect(pushed(data)).toMatchObject({ id: '77', type: 'two_stage_review_request_for_reviewer', document: data });
    expect(pushed({ data: { ...data, id: 78 } })).toMatchObject({ id: '78' });
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...bytesOf(guideDocument())]);
    expect(readPush(marked, noon)).toMatchObject({ id: '77' });
  });

  it('takes the id of the attributes where the resource has none', () => {
    const { data } = guideDocument();
    expect(pushed({ data: { ...data, id: '' } })).toMatchObject({ id: '77' });
  });

  it.each<[string, unknown]>([
    ['a text', 'x'],
    ['null', null],
    ['a list', [guideDocument()]],
    ['an empty object', {}],
    ['no id', { data: { ...guideDocument({ id: '' }).data } }],
    ['an id that is too long', guideDocument({ id: 'x'.repeat(257) })],
    ['an id with a control character', guideDocument({ id: '7\n7' })],
    ['an id with half a character', guideDocument({ id: '7\ud800' })],
    ['no type', guideDocument({ type: ' ' })],
    ['no entity', { data: { ...guideDocument().data, relationships: {} } }],
    [
      'an entity that only a prototype has',
      { data: { ...guideDocument().data, relationships: { entity: { data: [] } } } },
    ],
  ])('finds %s malformed, and says what is missing', (_name, document) => {
    expect(pushed(document)).toEqual({ reason: expect.stringMatching(/^it (has no (id|type)|names no entity)$/) });
  });

  it('takes no member of an inherited object for one of the document', () => {
    const text = '{"__proto__":{"data":{"id":"1","attributes":{"type":"close"}}},"constructor":{"name":"x"}}';
    expect(readPush(Buffer.from(text), noon)).toEqual({ reason: 'it has no id' });
    expect(Object.hasOwn(Object.prototype, 'data')).toBe(false);
  });

  it('finds a megabyte of opening brackets malformed, and text that is cut', () => {
    expect(readPush(Buffer.alloc(1_048_576, '['), noon)).toEqual({ reason: 'it nests deeper than 100 levels' });
    const text = JSON.stringify(guideDocument());
    expect(readPush(Buffer.from(text.slice(0, text.length >> 1)), noon)).toEqual({ reason: 'it is no JSON' });
    expect(readPush(new Uint8Array(), noon)).toEqual({ reason: 'it is no JSON' });
  });

  it('finds an id malformed that no index could hold, so that it keeps no pull from what is behind it', () => {
    const read = (id: string) => readNotification(guideDocument({ id }), { origin: 'pull', receivedAtMillis: noon });
    expect(read('\u6f22'.repeat(100))).toMatchObject({ id: '\u6f22'.repeat(100) });
    expect(read('\u6f22'.repeat(101))).toEqual({ reason: 'it has no id' });
  });

  it.each([
    ['no time', undefined],
    ['no text', 5],
    ['no instant', 'yesterday'],
    ['an instant before 1970', '1969-12-31T23:59:59Z'],
    ['an instant that no clock can be ahead to', new Date(noon + clockSkewMillis + 1).toISOString()],
  ])('takes the time of receipt for %s', (_name, createdAt) => {
    expect(at(createdAt)).toMatchObject({ createdAtMillis: noon });
  });

  it('allows for a clock that is ahead', () => {
    expect(at(new Date(noon + clockSkewMillis).toISOString())).toMatchObject({
      createdAtMillis: noon + clockSkewMillis,
    });
  });

  it('never throws, whatever it is given, and what it reads can be sent', () => {
    const documents = fc.oneof(
      fc.json(),
      fc.string(),
      fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1')),
      fc
        .tuple(fc.json(), fc.json(), fc.json(), fc.json())
        .map(
          ([id, type, entity, createdAt]) =>
            `{"data":{"id":${id},"attributes":{"type":${type},"createdAt":${createdAt}},"relationships":{"entity":{"data":{"id":${entity}}}}}}`,
        ),
    );
    fc.assert(
      fc.property(documents, (text) => {
        const read = readPush(Buffer.from(text), noon);
        if (isMalformed(read)) {
          expect(read.reason).toMatch(/^it /);
          return;
        }
        expect(read.id.trim() && read.type.trim() && read.entity.trim()).not.toBe('');
        expect(JSON.stringify(read.document)).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: sized(2_000) },
    );
  });
});

describe('reading what is pulled', () => {
  it('takes one without an entity too: it is the record itself', () => {
    const document = { data: { ...guideDocument().data, relationships: {} } };
    const receipt = { origin: 'pull', receivedAtMillis: noon } as const;
    expect(readNotification(document, receipt)).toMatchObject({ id: '77', entity: 'notification:77' });
  });
});
