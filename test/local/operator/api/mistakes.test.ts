/** Mistakes of a person at a keyboard: status 2, one line that says what to do, and no request. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseUrl, createCommandLine, document } from './support.ts';

const answering = () => document({ data: { type: 'x', id: '1', attributes: {} } });

describe('a mistake', () => {
  it.each([
    [['consumer', 'list'], 'do you mean consumers?', ''],
    [['consumers', 'lst'], 'do you mean consumers list?', 'consumers '],
    [['consumers', 'create', 'app', '--scope', 'a:read'], 'do you mean --scopes?', 'consumers create '],
    [['tokens', 'revoke'], 'TOKEN_ID is missing', 'tokens revoke '],
    [['keys', 'revoke', 'app', '--yes'], 'KEY_ID is missing: the command takes CONSUMER_ID KEY_ID', 'keys revoke '],
    [['keys', 'list', 'app', 'more'], 'got 2 words', 'keys list '],
    [['consumers', 'create', 'app'], 'Say --scopes.', 'consumers create '],
    [['consumers', 'update', 'app', '--quota', 'fast'], '--quota takes JSON', 'consumers update '],
    [['credentials', 'update', 'c1', '--rank', 'first'], '--rank takes a number', 'credentials update '],
    [['consumers', 'list', '--most', '0'], '--most takes a number', 'consumers list '],
    [['consumers', 'list', '--wait', 'long'], '--wait takes seconds', 'consumers list '],
    [['archive', 'download', '1'], 'Say --output FILE.', 'archive download '],
    [['consumers', 'show', '..'], 'is no id', 'consumers show '],
    [['consumers', 'show', ''], 'is no id', 'consumers show '],
    [['replays'], 'SUBSCRIPTION_ID is missing', 'replays list '],
  ])('in %j is told in one line', async (args, message, of) => {
    const { run, seen } = createCommandLine(() => document({ data: [] }));
    const { status, stdout, stderr } = await run(...args);
    expect([status, stdout, seen]).toEqual([2, '', []]);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(new RegExp(`^[^\\n]* Fix: npm run operator -- ${of}--help lists the options\\.\\n$`));
  });

  it('in an id never reaches another route', async () => {
    const paths: string[] = [];
    const { run } = createCommandLine(({ url }) => {
      paths.push(url.pathname);
      return answering();
    });
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, unit: 'grapheme' }), async (id) => {
        paths.length = 0;
        const { status } = await run('consumers', 'show', '--', id);
        if (status === 2) {
          expect(id).toMatch(/^\.{1,2}$/);
          return;
        }
        const [path = ''] = paths;
        expect(path.split('/').slice(0, -1)).toEqual(['', 'dev', 'v1', 'consumers']);
        expect(decodeURIComponent(path.split('/').at(-1) ?? '')).toBe(id);
      }),
    );
  });
});

describe('a command that takes something away', () => {
  const gone = () => new Response(null, { status: 204 });

  it('asks on a terminal, and does nothing without a yes', async () => {
    const { run, seen, asked } = createCommandLine(gone, { canAsk: true, line: 'y' });
    expect([(await run('consumers', 'delete', 'app')).status, seen]).toEqual([1, []]);
    expect(asked).toEqual([expect.stringContaining(`consumers delete app at ${baseUrl}`)]);
  });

  it('asks about the URL that the stage has, before it asks for a key', async () => {
    const findStageUrl = async (stage: string) => `https://${stage}.example.com`;
    const options = { canAsk: true, line: 'no', env: {}, findStageUrl };
    const { run, asked } = createCommandLine(gone, options);
    expect((await run('consumers', 'delete', 'app', '--stage', 'prod')).status).toBe(1);
    expect(asked).toEqual([expect.stringContaining('consumers delete app at https://prod.example.com')]);
  });

  it('goes on after a yes', async () => {
    const { run, seen } = createCommandLine(gone, { canAsk: true, line: 'Yes ' });
    expect([(await run('consumers', 'delete', 'app')).status, seen.length]).toEqual([0, 1]);
  });

  it.each([
    ['nobody can be asked', []],
    ['standard input has the key', ['--key-file', '-']],
  ])('needs --yes where %s', async (_name, more) => {
    const { run, seen } = createCommandLine(gone, { canAsk: more.length > 0 });
    const { status, stderr } = await run('consumers', 'delete', 'app', ...more);
    expect([status, seen]).toEqual([2, []]);
    expect(stderr).toContain('--yes');
  });

  it('does not ask about a mistake', async () => {
    const { run, asked } = createCommandLine(gone, { canAsk: true, line: 'yes' });
    expect([(await run('consumers', 'delete')).status, asked]).toEqual([2, []]);
  });
});

describe('a value', () => {
  const sent = async (...args: readonly string[]) => {
    const { run, seen } = createCommandLine(answering);
    expect((await run(...args)).status).toBe(0);
    return JSON.parse(seen[0]?.body ?? '{}').data;
  };

  it('of a list has commas, or comes in several options', async () => {
    const { attributes } = await sent(
      'consumers',
      'create',
      'app',
      '--scopes',
      'a:read, b:read',
      '--scopes',
      '*:write',
    );
    expect(attributes.scopes).toEqual(['a:read', 'b:read', '*:write']);
  });

  it('null takes a value away where the route allows it, and is a text elsewhere', async () => {
    expect((await sent('consumers', 'update', 'app', '--contact', 'null')).attributes).toEqual({ contact: null });
    const { attributes } = await sent('consumers', 'create', 'app', '--scopes', 'a:read', '--contact', 'null');
    expect(attributes.contact).toBe('null');
  });

  it('of an object is JSON', async () => {
    const { attributes } = await sent('consumers', 'update', 'app', '--quota', '{"weight":2}');
    expect(attributes).toEqual({ quota: { weight: 2 } });
  });

  it('is left to the facade to check', async () => {
    const { attributes } = await sent('consumers', 'update', 'app', '--state', 'asleep');
    expect(attributes).toEqual({ state: 'asleep' });
  });
});
