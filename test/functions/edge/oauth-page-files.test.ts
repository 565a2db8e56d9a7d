/** The script of the page at the callback, run as a browser would: what it reads out of the address. */
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callbackScript } from '../../../functions/edge/oauth-page-files.ts';
import { sized } from '../../support/test-size.ts';

type Seen = {
  /** The requests to the facade. */
  readonly posted: Record<string, string>[];
  readonly address: string[];
  readonly texts: Record<string, { textContent: string }>;
};

/** Opens the page at this address. */
const open = async (hash: string, search = ''): Promise<Seen> => {
  const seen: Seen = { posted: [], address: [], texts: { title: element(), text: element() } };
  const sandbox = {
    location: { hash, search, pathname: '/oauth/callback' },
    history: { replaceState: (_state: null, _title: string, path: string) => void seen.address.push(path) },
    document: {
      title: '',
      body: { dataset: { outcome: 'waiting' } },
      getElementById: (id: string) => seen.texts[id],
    },
    fetch: async (_path: string, { body }: { body: string }) => {
      seen.posted.push(JSON.parse(body));
      return { ok: true, json: async () => ({ title: 'Linked', text: 'as told' }) };
    },
  };
  runInNewContext(callbackScript, sandbox);
  await new Promise((resolve) => setImmediate(resolve));
  return seen;
};

const element = () => ({ textContent: '', focus: () => {} });

/** The data of a fragment that the page sends to the facade. */
const readOf = async (hash: string, search?: string) => (await open(hash, search)).posted;

describe('the page at the callback', () => {
  it.each([
    ['a plus', '#access_token=a+b&state=s', 'a+b'],
    ['base64 as it is', '#access_token=ab+/cd==&state=s', 'ab+/cd=='],
    ['base64, encoded', '#access_token=ab%2B%2Fcd%3D%3D&state=s', 'ab+/cd=='],
    ['another fragment sign', '#access_token=a#b&state=s', 'a#b'],
    ['a percent sign that encodes nothing', '#access_token=100%&state=s', '100%'],
    ['a broken code beside a good one', '#access_token=%zz%2B&state=s', '%zz+'],
    ['bytes that are no UTF-8', '#access_token=%ff&state=s', '%ff'],
    ['a blank, encoded', '#access_token=a%20b&state=s', 'a b'],
    ['a slash in front', '#/access_token=t&state=s', 't'],
    ['a question mark in front', '#?access_token=t&state=s', 't'],
    ['empty parameters around it', '#&&access_token=t&&state=s&', 't'],
    ['an encoded name', '#access%5Ftoken=t&state=s', 't'],
    ['the same value twice', '#access_token=t&access_token=t&state=s', 't'],
    ['an empty one beside it', '#access_token=&access_token=t&state=s', 't'],
    ['the state in front', '#state=s&token_type=Bearer&expires_in=3600&access_token=t', 't'],
  ])('reads a token with %s', async (_what, hash, token) => {
    expect(await readOf(hash)).toEqual([{ token, state: 's' }]);
  });

  it('finds every token as its provider wrote it, encoded or not', () =>
    fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[!-~]{1,40}$/), fc.boolean(), async (token, encodes) => {
        fc.pre(encodes || !/[&%]/.test(token));
        const written = encodes ? encodeURIComponent(token) : token;
        expect(await readOf(`#access_token=${written}&state=s`)).toEqual([{ token, state: 's' }]);
      }),
      { numRuns: sized(200, 20) },
    ));

  it.each([
    ['two tokens', '#access_token=a&access_token=b&state=s', '', 'access_token'],
    ['two states', '#access_token=a&state=s&state=t', '', 'state'],
    ['another state in the query', '#access_token=a&state=s', '?state=t', 'state'],
    ['two codes', '', '?code=a&code=b&state=s', 'code'],
    ['two errors', '#error=a&error=b&state=s', '', 'error'],
  ])('takes no answer with %s', async (_what, hash, search, name) => {
    const { posted, texts } = await open(hash, search);
    expect(posted).toEqual([]);
    expect(texts.text?.textContent).toContain(`holds ${name} twice`);
  });

  it.each([
    ['no fragment', '', ''],
    ['an empty token', '#access_token=&state=s', ''],
    ['a token under a name in another case', '#Access_Token=t&state=s', ''],
    ['a token in the query', '', '?access_token=t&state=s'],
    ['a code in the fragment', '#code=c&state=s', ''],
    ['a state alone', '#state=s', ''],
  ])('asks the facade nothing for %s', async (_what, hash, search) => {
    const { posted, texts } = await open(hash, search);
    expect(posted).toEqual([]);
    expect(texts.text?.textContent).toContain('holds no answer of a login');
  });

  it('reads a code and a refusal out of the query, and a refusal out of the fragment', async () => {
    expect(await readOf('', '?code=a%2Bb+c&state=s')).toEqual([{ code: 'a+b+c', state: 's' }]);
    expect(await readOf('', '?error=access_denied&state=s')).toEqual([{ error: 'access_denied', state: 's' }]);
    expect(await readOf('#error=access_denied&state=s')).toEqual([{ error: 'access_denied', state: 's' }]);
  });

  it('wipes the address before anything else', async () => {
    expect((await open('#access_token=a&access_token=b')).address).toEqual(['/oauth/callback']);
  });
});
