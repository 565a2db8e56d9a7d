/** CONTRIBUTING.md, "Add a route", done as it says in a copy of the sources. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const rooms = ['shared', 'functions', 'infra'];

/** The two pieces of code of the section, by the file that each names in its first line. */
const readPieces = async (): Promise<ReadonlyMap<string, string>> => {
  const text = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith('Add a route'));
  const pieces = [...(section ?? '').matchAll(/```ts\n\/\/ (\S+)[^\n]*\n([\s\S]*?)```/g)];
  return new Map(pieces.map(([, file = '', code = '']) => [file, code]));
};

/** Puts a definition before the list of its capability, and its name into the list; a handler before the others. */
const addPiece = (source: string, code: string): string => {
  const name = /^const (\w+) = route/.exec(code)?.[1];
  if (!name) return source.replace(/(capability\(\w+\)\(parts, \{\n)/, `$1${code}`);
  return source.replace(/export const \w+Routes = \[/, `${code}\n$&${name}, `);
};

/** Asks the new route in the copy, as a caller who may and as one who may not. */
const script = `
import { createQuotaRoutes } from './functions/edge/quota-routes.ts';
import { routes } from './infra/routes.ts';
import { facadeRoutes } from './shared/surface/facade-routes.ts';
import { createRoutePaths } from './infra/openapi/route-paths.ts';
const identifier = { identify: async ([[, id]]) => ({ consumer: { id, scopes: id === 'app' ? ['quota:read'] : [] } }) };
const handle = createQuotaRoutes({ identifier, policy: { limit: 1000 } });
const ask = (id, query = []) =>
  handle({ method: 'GET', path: '/v1/quota/limit', headers: [['x-api-key', id]], query }, {}).then(
    ({ body }) => JSON.parse(Buffer.from(body).toString()),
    ({ code }) => code,
  );
console.log(JSON.stringify({
  asked: [await ask('app'), await ask('nobody'), await ask('app', [['no-such', '1']])],
  deployed: routes.filter(({ path }) => path === '/v1/quota/limit'),
  documented: createRoutePaths(facadeRoutes).paths['/v1/quota/limit'].get['x-facade-scope'],
}));
`;

describe('"Add a route"', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signals-facade-route-'));
    for (const room of rooms) await cp(join(root, room), join(folder, room), { recursive: true });
    await cp(join(root, 'package.json'), join(folder, 'package.json'));
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('touches two files, and the route is dispatched, guarded, deployed and documented', async () => {
    const pieces = await readPieces();
    expect([...pieces.keys()]).toEqual(['shared/quota/routes.ts', 'functions/edge/quota-routes.ts']);
    for (const [file, code] of pieces) {
      const before = await readFile(join(folder, file), 'utf8');
      const after = addPiece(before, code);
      expect(after).not.toBe(before);
      await writeFile(join(folder, file), after);
    }
    await writeFile(join(folder, 'ask.ts'), script);
    const { stdout } = await promisify(execFile)(process.execPath, ['ask.ts'], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual({
      asked: [{ data: { type: 'quota-limit', id: '1000' } }, 'SCOPE_MISSING', 'REQUEST_INVALID'],
      deployed: [{ method: 'GET', path: '/v1/quota/limit', function: 'quota' }],
      documented: 'quota:read',
    });
  });
});
