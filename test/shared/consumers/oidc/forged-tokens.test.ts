/** Tokens that a library might take and this facade does not. Each is signed by the issuer's own key, unless it says otherwise. */
import { describe, expect, it } from 'vitest';
import {
  createToken,
  encode,
  goodClaimsText,
  goodHeaderText,
  issuerUrl,
  nowSeconds,
  pairOf,
  publish,
  signParts,
} from './tokens.ts';
import { refusalOf, verifierFor } from './verifier.ts';

const head = encode(goodHeaderText);
const body = encode(goodClaimsText);
const withHeader = (more: string) => encode(goodHeaderText.replace(/}$/, `,${more}}`));
const withClaims = (more: string) => encode(goodClaimsText.replace(/}$/, `,${more}}`));
const bytes = (encoding: BufferEncoding, mark: string, text: string) =>
  Buffer.from(mark + text, encoding).toString('base64url');
/** The same bytes in other letters: bits of the last one stand for nothing. */
const withLooseBits = (part: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet[alphabet.indexOf(part.at(-1) ?? '') + 1] ?? '';
  const other = part.slice(0, -1) + last;
  expect(part.length % 4).not.toBe(0);
  expect(Buffer.from(other, 'base64url')).toEqual(Buffer.from(part, 'base64url'));
  return other;
};
/** With spaces at the end, so that this many bytes are in the last group of three: 0 is a whole group. */
const filled = (text: string, rest: number) => text + ' '.repeat((3 + rest - (text.length % 3)) % 3);
const wholeBody = encode(filled(goodClaimsText, 0));

describe('a token in its plain form', () => {
  it('is taken, so that what is refused below is refused for what is different', async () => {
    const verifier = verifierFor({ algorithms: ['RS256', 'ES384'] });
    for (const token of [signParts(head, body), signParts(head, wholeBody), createToken({ algorithm: 'ES384' })]) {
      expect((await verifier.verify(token)).subject).toBe('anna');
    }
    expect((await verifierFor().verify(signParts(withHeader('"b64":true'), withClaims('"x":1e999')))).subject).toBe(
      'anna',
    );
  });
});

describe('a header that is refused although its issuer has signed it', () => {
  it.each([
    ['an extension that jose knows', '"crit":["b64"],"b64":true'],
    ['an unencoded payload', '"crit":["b64"],"b64":false'],
    ['an empty extension', '"crit":null'],
    ['an algorithm given twice', '"alg":"none"'],
    ['an algorithm under the name that jose has for it besides', '"alg":"Ed25519"'],
    ['an algorithm that nobody here chose', '"alg":"ML-DSA-44"'],
    ['an algorithm of Bitcoin', '"alg":"ES256K"'],
    ['an algorithm in small letters', '"alg":"rs256"'],
    ['an algorithm with a space', '"alg":"RS256 "'],
    ['a list of algorithms', '"alg":["RS256"]'],
    ['the name of a member of every object', '"alg":"constructor"'],
    ['an algorithm for encryption', '"alg":"RSA-OAEP-256","enc":"A256GCM"'],
    ['a key id that is a number', '"kid":1'],
    ['a key id that is nothing', '"kid":null'],
    ['an endless key id', `"kid":"${'k'.repeat(301)}"`],
    ['a type that is a list', '"typ":["JWT"]'],
    ['the type of a proof', '"typ":"dpop+jwt"'],
    ['the type of a token about a sign-in', '"typ":"id_token+jwt"'],
    ['members that nest endlessly', `"x":${'['.repeat(40)}${']'.repeat(40)}`],
  ])('has %s', async (_name, more) => {
    expect(await refusalOf(signParts(withHeader(more), body))).toContain('header');
  });

  it.each(['__proto__', 'constructor', 'toString', ''])('names the key %j, which no issuer has', async (kid) => {
    expect(await refusalOf(signParts(withHeader(`"kid":${JSON.stringify(kid)}`), body))).toContain('key');
  });
});

describe('claims that are refused although their issuer has signed them', () => {
  it.each([
    ['an expiry beyond all numbers', '"exp":1e999', 'exp'],
    ['an expiry before all numbers', '"exp":-1e999', 'exp'],
    ['an expiry of nothing', '"exp":null', 'exp'],
    ['a list of expiries', `"exp":[${nowSeconds + 300}]`, 'exp'],
    ['a beginning before all numbers', '"nbf":-1e999', 'exp'],
    ['a beginning in letters', `"nbf":"${nowSeconds}"`, 'exp'],
    ['a huge beginning', '"nbf":1e308', 'future'],
    ['an issue beyond all numbers', '"iat":1e999', 'exp'],
    ['an issue in letters', `"iat":"${nowSeconds}"`, 'exp'],
    ['a huge issue', '"iat":1e308', 'future'],
    ['an expiry long ago', '"exp":-1e308', 'expired'],
    ['no audience', '"aud":[]', 'audience'],
    ['an audience of nothing', '"aud":null', 'aud'],
    ['an audience in other letters', '"aud":"Facade"', 'audience'],
    ['an audience that begins alike', '"aud":["facade2","facad"]', 'audience'],
    ['audiences of which one is no text', '"aud":["facade",5]', 'aud'],
    ['audiences in a list of lists', '"aud":[["facade"]]', 'aud'],
    ['a list of issuers', `"iss":["${issuerUrl}"]`, 'issuer'],
    ['an issuer in other letters', `"iss":"${issuerUrl.replace('login', 'Login')}"`, 'issuer'],
    ['an issuer with its port', `"iss":"${issuerUrl.replace('.com', '.com:443')}"`, 'issuer'],
    ['a subject that is a number', '"sub":1', 'issuer'],
    ['members that nest endlessly', `"x":${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, 'issuer'],
  ])('have %s', async (_name, more, word) => {
    expect(await refusalOf(signParts(head, withClaims(more)))).toContain(word);
  });

  it.each([
    ['another token', encode(createToken())],
    ['a list', encode(`[${goodClaimsText}]`)],
    ['a text', encode(JSON.stringify(goodClaimsText))],
    ['nothing', encode('null')],
    ['two documents', encode(goodClaimsText + goodClaimsText)],
  ])('are %s', async (_name, claims) => {
    await refusalOf(signParts(withHeader('"cty":"JWT"'), claims));
  });

  it('ended a part of a second ago', async () => {
    const verifier = verifierFor({}, undefined, { nowMillis: () => nowSeconds * 1_000 + 500 });
    const token = (exp: number) => createToken({ claims: { exp } });
    expect(await refusalOf(token(nowSeconds - 60 + 0.4), verifier)).toContain('expired');
    expect((await verifier.verify(token(nowSeconds - 60 + 0.6))).subject).toBe('anna');
  });
});

describe('a token in a strange form', () => {
  const [, , signature = ''] = signParts(head, body).split('.');

  it.each([
    ['padding in the header', signParts(`${head}=`, body)],
    ['a line break in the claims', signParts(head, `${body.slice(0, 40)}\n${body.slice(40)}`)],
    ['a space in the header', signParts(` ${head}`, body)],
    ['a line break at the end', `${head}.${body}.${signature}\n`],
    ['padding at the end', `${head}.${body}.${signature}==`],
    [
      'the letters of plain base64',
      signParts(head, withClaims('"x":"???>>>"').replaceAll('_', '/').replaceAll('-', '+')),
    ],
    ['bits that stand for nothing in the signature', `${head}.${body}.${withLooseBits(signature)}`],
    ['bits that stand for nothing in the header', signParts(withLooseBits(encode(filled(goodHeaderText, 1))), body)],
    ['a letter too many in the signature', `${createToken({ algorithm: 'ES384' })}A`],
    ['a letter too many in the claims', signParts(head, `${wholeBody}A`)],
    ['five parts, as an encrypted one', `${head}.${body}.${signature}.${signature}.${signature}`],
    ['the JSON form', JSON.stringify({ protected: head, payload: body, signature })],
    ['letters of another script', signParts(head, `${body}\u0430`)],
    ['a zero byte', `${head}.${body}.${signature}\0`],
  ])('has %s', async (_name, token) => {
    const verifier = verifierFor({ algorithms: ['RS256', 'ES384'] });
    expect(await refusalOf(token, verifier)).toContain('no signed JSON Web Token');
  });

  it.each([
    ['UTF-8 with a byte order mark', 'utf8', '\ufeff'],
    ['UTF-16', 'utf16le', ''],
    ['UTF-16 with a byte order mark', 'utf16le', '\ufeff'],
  ] as const)('is in %s', async (_name, encoding, mark) => {
    await refusalOf(signParts(bytes(encoding, mark, goodHeaderText), body));
    await refusalOf(signParts(head, bytes(encoding, mark, goodClaimsText)));
  });

  it('is in Latin-1, so that two readers could see two names', async () => {
    await refusalOf(signParts(head, bytes('latin1', '', goodClaimsText.replace('anna', 'Zo\u00eb'))));
    await refusalOf(signParts(bytes('latin1', '', goodHeaderText.replace('}', ',"x":"\u00eb"}')), body));
  });

  it('is longer than 8 KiB though its issuer has signed it', async () => {
    const padded = (length: number) => signParts(head, withClaims(`"x":"${'x'.repeat(length)}"`));
    expect((await verifierFor().verify(padded(5_000))).subject).toBe('anna');
    expect(await refusalOf(padded(6_200))).toContain('no signed JSON Web Token');
  });
});

describe('keys that are refused', () => {
  it('are two of one id', async () => {
    const twice = [publish(pairOf('RS256').publicKey, 'RS256'), publish(pairOf('PS256').publicKey, 'RS256')];
    expect(await refusalOf(createToken(), verifierFor({}, twice))).toContain('key');
  });

  it('are unknown while the issuer does not answer, which is not said to be the fault of the token', async () => {
    const verifier = verifierFor({}, []);
    await expect(verifier.verify(createToken())).rejects.toMatchObject({ code: 'ISSUER_UNREACHABLE' });
  });
});
