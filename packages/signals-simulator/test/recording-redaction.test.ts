/** What an odd tenant answers: no key, secret or name of it reaches the recording, in whatever coding. */
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sized } from '../../../test/support/test-size.ts';
import { mostBytes } from '../src/recording/ask.ts';
import { isCommon } from '../src/recording/details.ts';
import { createPeople } from '../src/recording/people.ts';
import { startRecorder } from '../src/recording/recorder.ts';
import type { RawExchange } from '../src/recording/redact.ts';
import { base, bodyOf, document, html, json, key, raw, record, recordingOf, textOf } from './raw-exchange.ts';

describe('secrets in a recording', () => {
  const base64 = (before: string) => Buffer.from(`${before}${key}\x00\xff`, 'latin1').toString('base64');
  const everySign = (write: (hex: string) => string) =>
    [...key].map((sign) => write(sign.charCodeAt(0).toString(16))).join('');
  const coded = [
    key,
    key.toLowerCase(),
    encodeURIComponent(key),
    encodeURIComponent(key).toLowerCase(),
    encodeURIComponent(encodeURIComponent(key)),
    everySign((hex) => `%${hex}`),
    everySign((hex) => `\\u00${hex}`),
    everySign((hex) => `&#x${hex};`),
    key.replace('/', '\\/'),
    key.replace('+', '&#43;'),
    Buffer.from(key).toString('base64'),
    Buffer.from(key).toString('base64url'),
    btoa(`user:${key}`),
    // In bytes that are no text, at each place.
    ...['', '\xff', '\xff\xfe'].flatMap((before) => [
      base64(before),
      base64(before).replaceAll('+', '-').replaceAll('/', '_'),
      encodeURIComponent(base64(before)),
    ]),
  ];
  it.each(coded)('holds no key that the tenant echoes as %s', (echo) => {
    const places = [
      document({ note: `You sent ${echo}.` }),
      raw({ headers: html, body: `<p>${echo}</p>` }),
      document({}, { path: `/entities?filter=${echo}` }),
      document({}, { headers: { ...json, location: `${base}/entities?filter=${echo}`, etag: `"${echo}"` } }),
      document({ [echo]: 1 }),
    ];
    for (const place of places) expect(textOf(place)).not.toContain(echo);
  });

  it('finds them in three codings, and masks what is coded deeper', () => {
    const times = (count: number, code: (text: string) => string) => {
      let text = 'azoeller <b@acme.example.org>';
      for (let i = 0; i < count; i += 1) text = code(text);
      return text;
    };
    const person = document({ userName: 'azoeller' });
    for (const count of [1, 2, 3, 4, 5, 9]) {
      const note = times(count, (text) => btoa(text));
      const body = record(person, document({ note }))[1]?.body ?? { text: '' };
      const inside = times(0, () => '');
      let found = 'text' in body ? JSON.parse(body.text).note : '';
      for (let i = 0; i < count && /^[\w+/]+=*$/.test(found) && found !== 'SECRET'; i += 1) found = atob(found);
      expect([count, found]).toEqual([count, count < 4 ? 'user1 <person1@example.com>' : 'SECRET']);
      expect(found).not.toContain(inside);
    }
  });

  it('holds the other answers when one cannot be cleaned, and says how many are left out', () => {
    const deep = raw({ body: `${'['.repeat(200_000)}${']'.repeat(200_000)}` });
    const percents = document({}, { path: `/entities?filter=%${'25'.repeat(200_000)}41` });
    const recording = recordingOf(document({ a: 1 }), deep, percents, document({ a: 2 }));
    expect(recording.leftOut).toBe(1);
    expect(recording.exchanges.map(({ body }) => body)).toEqual(
      [{ a: 1 }, {}, { a: 2 }].map((value) => ({ text: JSON.stringify(value) })),
    );
    expect(recording.exchanges[1]?.path).toContain('SECRET');
  });

  it('masks the members that hold secrets, and their query parameters', () => {
    const names = 'token accessToken refresh_token secret apiKey password Authorization cookie'.split(' ');
    const file = 'https://files.example.org/1?X-Amz-Signature=OPEN-SESAME&sig=OPEN-SESAME';
    expect(textOf(document({}, { headers: { ...json, location: file } }))).not.toContain('SESAME');
    for (const name of names) {
      expect(bodyOf({ [name]: 'OPEN-SESAME' })).toEqual({ [name]: 'SECRET' });
      expect(bodyOf({ [name]: { value: ['OPEN-SESAME'] } })).toEqual({ [name]: { value: ['SECRET'] } });
      expect(textOf(document({ next: `/x?a=1&${name}=OPEN-SESAME` }))).not.toContain('SESAME');
    }
  });
});

describe('names in a recording', () => {
  const zoeller = document({ firstName: 'Änne', lastName: 'Zöller', userName: 'azoeller' });
  const hidden = /z[öo]\u0308?e?ller|WsO2bGxlcg|Z%C3%B6|Z%F6|Z&/i;

  it.each<[string, RawExchange]>([
    ['a key of an object', document({ azoeller: 1, Zöller: 2 })],
    ['a value of type', document({ type: 'Änne Zöller' })],
    ['a decomposed umlaut', document({ note: 'by Zo\u0308ller' })],
    ['an HTML reference', raw({ headers: html, body: 'by Z&ouml;ller, Z&#246;ller, Z&#xF6;ller, Z&amp;ouml;ller' })],
    ['percent coding', document({ href: '/people/Z%C3%B6ller?by=Z%F6ller' })],
    ['base64', document({ id: 'WsO2bGxlcg==', href: `/by/${btoa('by azoeller')}` })],
    ['text that is not UTF-8', raw({ headers: html, body: Buffer.from('azoeller Z\xf6ller', 'latin1') })],
    ['text in UTF-16', raw({ headers: html, body: Buffer.from('azoeller', 'utf16le') })],
    ['a path with a bad percent', document({}, { path: '/people/Z%C3%B6ller%' })],
    ['a cut document', raw({ body: '{"name":"azoeller","lastName":"Zöl' })],
  ])('do not stay in %s', (_, exchange) => {
    expect(textOf(zoeller, exchange).normalize('NFC')).not.toMatch(hidden);
  });

  it.each([
    ['attachment; filename="Zöller 1.pdf"; size=2', 'attachment; filename="Family1 1.pdf"; size=2'],
    ["attachment; filename=Z%C3%B6ller.txt; filename*=UTF-8''Z%C3%B6ller.txt", undefined],
    ['attachment; filename="=?utf-8?Q?Z=C3=B6ller?=.pdf"', 'attachment; filename="Family1.pdf"'],
    ['attachment; filename="=?utf-8?B?WsO2bGxlcg==?="', 'attachment; filename="Family1"'],
    ['attachment; filename="Run; 7.pdf"', 'attachment; filename="Run; 7.pdf"'],
  ])('do not stay in the header %s', (header, expected) => {
    const wire = Buffer.from(header).toString('latin1');
    const [, exchange] = record(zoeller, document({}, { headers: { ...json, 'content-disposition': wire } }));
    const found = exchange?.headers['content-disposition'] ?? '';
    expect(found).toBe(expected ?? `attachment; filename="Family1.txt"; filename*=UTF-8''Family1.txt`);
  });

  it.each([
    [{ fullName: 'Änne Zöller' }],
    [{ displayName: 'Zöller, Änne' }],
    [{ createdBy: 'Änne Zöller' }],
    [{ modifiedBy: 'zöller@acme.example.org', owner: 'Zöller' }],
    [{ user: { name: 'Änne Zöller' } }],
    [{ createdBy: { data: { attributes: { name: 'Änne Zöller' } } } }],
    [{ lastName: { value: 'Zöller' } }],
    [{ userNames: ['azoeller', 'Zöller'] }],
    [{ type: 'user', attributes: { name: 'Änne Zöller' } }],
  ])('are learnt from %j', (value) => {
    expect(textOf(document({ note: 'seen by Zöller' }), document(value))).not.toMatch(hidden);
  });

  it('have the same replacement in members and in text, also an address', () => {
    const [{ email, lastName }, { note }] = bodyOf([
      { email: 'a@b.org', lastName: 'Zöller' },
      { note: 'Zöller, a@b.org' },
    ]);
    expect([email, note]).toEqual(['person1@example.com', `${lastName}, ${email}`]);
  });

  it('leaves ids, common words and scientific text', () => {
    const value = {
      createdBy: '104',
      owner: 'System User',
      data: { type: 'user', id: 'experiment:5b0d' },
      note: 'The user heats 5 % NaCl + C/H for the system.',
    };
    expect(bodyOf(value)).toEqual(value);
  });

  it("holds no address of the tenant, also in a path's query", () => {
    const place = document({ href: `${base}/users` }, { path: `/entities?from=${encodeURIComponent(base)}` });
    expect(textOf(place)).not.toContain('acme');
    expect(textOf(place)).toContain('{{base}}/users');
  });
});

describe('answers of an odd tenant', () => {
  const answerOf = async (listener: RequestListener, method = 'GET') => {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const recorder = await startRecorder({ tenant: url, key });
    onTestFinished(async () => {
      await recorder.close();
      server.closeAllConnections();
      server.close();
    });
    const headers = { 'x-api-key': recorder.key };
    const answer = await fetch(`${recorder.url}/api/rest/v1.0/x`, { method, headers, redirect: 'manual' });
    return { answer, text: await answer.text(), url, recorder, recorded: recorder.recording().exchanges };
  };
  const packed = gzipSync(Buffer.alloc(mostBytes + 1));

  it.each<[string, RequestListener]>([
    ['packed', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed)],
    [
      'sent in chunks',
      (_, response) => {
        response.write(Buffer.alloc(mostBytes));
        response.end('more');
      },
    ],
  ])('refuses what is above 64 MiB when it is %s', async (_, listener) => {
    const { answer, text, recorded } = await answerOf(listener);
    expect([answer.status, text, recorded]).toEqual([502, expect.stringContaining('TooLargeToRecord'), []]);
  });

  it('passes on a HEAD of a large file', async () => {
    const large: RequestListener = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': mostBytes + 1 }).end();
    expect((await answerOf(large, 'HEAD')).answer.status).toBe(200);
  });

  it('says that an answer was cut, and keeps nothing of it', async () => {
    const { answer, text, recorded } = await answerOf((_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('part');
      setImmediate(() => response.destroy());
    });
    expect([answer.status, text, recorded]).toEqual([502, expect.stringContaining('TenantUnreachable'), []]);
  });

  it('passes a location on, and marks the address in the file', async () => {
    const here = ({ headers }: IncomingMessage) => `http://${headers.host}/api/rest/v1.0/jobs/1`;
    const { answer, recorder, recorded } = await answerOf((request, response) =>
      response.writeHead(303, { location: here(request) }).end(),
    );
    expect(answer.headers.get('location')).toBe(`${recorder.url}/api/rest/v1.0/jobs/1`);
    expect(recorded[0]?.headers.location).toBe('{{base}}/jobs/1');
  });
});

describe('a recording of a large tenant', () => {
  it('looks for each of its names without a search for all of them', () => {
    const count = sized(20_000, 1_000);
    const nameOf = (index: number) => `Name${index.toString(36)}x`;
    const users = Array.from({ length: count }, (_, index) => ({
      lastName: nameOf(index),
      // All begin with the same word.
      userName: `ACME\\${nameOf(index)}y`,
    }));
    const notes = users.map(({ lastName }) => ({
      note: `By ${lastName}, ACME\\${lastName}y, ${lastName}@acme.example.org`,
    }));
    const [, last] = record(document(users), document(notes));
    const text = last !== undefined && 'text' in last.body ? last.body.text : '';
    // Parts of user names take numbers of their own.
    const cleaned = JSON.parse(text).map(({ note }: { note: string }) => note.replace(/^By Family\d+/, 'By Family'));
    expect(cleaned).toEqual(users.map((_, index) => `By Family, user${index + 1}, person${index + 1}@example.com`));
  });
});

describe('the replacement of names', () => {
  // Particles such as `La` stand in other texts too, and are replaced in members of persons only.
  const name = fc.stringMatching(/^[\p{L}]{2,12}( [\p{L}]{2,8})?$/u).filter((text) => !isCommon(text));
  it('leaves no name that was learnt in any text, and takes the same replacement each time', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 8 }), (persons) => {
        const known = createPeople();
        for (const [firstName, lastName] of persons) known.learn({ firstName, lastName });
        const text = persons.map(([first, last]) => `Seen by ${first}, and by ${last}.`).join(' ');
        const clean = known.redactText(text);
        expect(clean).toBe(known.redactText(text));
        const left = persons.flat().filter((one) => new RegExp(`(?<!\\p{L})${one}(?!\\p{L})`, 'iu').test(clean));
        expect(left).toEqual([]);
      }),
    ));
});
