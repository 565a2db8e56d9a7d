/** What users do with the installed package: they run it, and compile against its types with their TypeScript. */
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { environment, root, run } from '../../../test/support/packed.ts';

const snippetOf = async (document: string): Promise<string> => {
  const [, code] = /^```ts\n([\s\S]*?)^```/m.exec(await readFile(join(root, document), 'utf8')) ?? [];
  return code ?? expect.fail(`${document} has no TypeScript.`);
};

/** A facade of two routes. Its list has two pages. */
const startFacade = async (): Promise<string> => {
  const server = createServer(({ url = '', headers }, response) => {
    const next = { next: '/v1/exports?page%5Bcursor%5D=c1' };
    const list = { data: [{ id: url.includes('cursor') ? 'e2' : 'e1' }], links: url.includes('cursor') ? {} : next };
    const me = { data: { id: headers['x-api-key'] } };
    response.setHeader('content-type', 'application/vnd.api+json');
    response.end(JSON.stringify(url.startsWith('/v1/exports') ? list : me));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** The README's snippet has no types, so the Node of the machine runs it as it stands. */
const useRuntime = async (folder: string): Promise<void> => {
  const code = await snippetOf('packages/client/README.md');
  await writeFile(join(folder, 'use.mjs'), code.replace('http://127.0.0.1:4000', await startFacade()));
  const { stdout } = await run('node', ['use.mjs'], { cwd: folder, env: environment });
  expect(stdout).toBe('demo-app\ne1\ne2\n');
  const bundle = await readFile(join(folder, 'node_modules', '@signals-facade', 'client', 'dist', 'index.js'), 'utf8');
  expect(bundle).not.toMatch(/^import |\brequire\(|['"]node:/m);
};

const compilers = [
  join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
  join(root, 'packages', 'client', 'node_modules', 'typescript', 'bin', 'tsc'),
];

/** Under the switches of this project, and with the types of the package checked as well. */
const useTypes = async (folder: string): Promise<void> => {
  const projects = [
    ['docs/client.md', { types: ['node'], typeRoots: [join(root, 'node_modules', '@types')] }],
    ['packages/client/README.md', { types: [], lib: ['es2023', 'dom', 'dom.iterable'] }],
  ] as const;
  for (const [document, options] of projects) {
    await writeFile(join(folder, 'use.ts'), await snippetOf(document));
    const compilerOptions = { ...options, skipLibCheck: false };
    const project = { extends: join(root, 'tsconfig.json'), compilerOptions, include: ['use.ts'] };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project));
    for (const compiler of compilers) {
      const compiled = run(process.execPath, [compiler, '--project', folder], { cwd: folder });
      expect(await compiled.catch((error: { stdout: string }) => error)).toMatchObject({ stdout: '' });
    }
  }
};

/** @param folder in which the package is installed. */
export const useClientPackage = async (folder: string): Promise<void> => {
  await useRuntime(folder);
  await useTypes(folder);
};
