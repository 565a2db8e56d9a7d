// Makes what is published: one file of JavaScript for Node 20 and browsers, and its types, in dist/. openapi-fetch is inside.
import { execFileSync } from 'node:child_process';
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));
const { resolve } = createRequire(import.meta.url);
const typescript = dirname(resolve('typescript/package.json'));
const openapiFetch = dirname(resolve('openapi-fetch/package.json'));
const helpers = dirname(
  createRequire(join(openapiFetch, 'package.json')).resolve('openapi-typescript-helpers/package.json'),
);
const types = join(folder, 'dist', 'types');

await rm(join(folder, 'dist'), { recursive: true, force: true });
await build({
  absWorkingDir: folder,
  entryPoints: ['src/index.ts'],
  outfile: 'dist/index.js',
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  target: ['node20', 'es2022'],
});
execFileSync(process.execPath, [join(typescript, 'bin', 'tsc'), '--project', join(folder, 'tsconfig.json')], {
  stdio: 'inherit',
});

// The types of what is bundled stand beside ours, and each names a file in place of a package.
await copyFile(join(openapiFetch, 'dist', 'index.d.mts'), join(types, 'openapi-fetch.d.ts'));
await copyFile(join(helpers, 'dist', 'index.d.mts'), join(types, 'openapi-typescript-helpers.d.ts'));
for (const name of await readdir(types)) {
  const text = await readFile(join(types, name), 'utf8');
  const named = text.replaceAll(/ from ['"](openapi-(?:fetch|typescript-helpers))['"]/g, " from './$1.js'");
  if (named !== text) await writeFile(join(types, name), named);
}
await copyFile(join(openapiFetch, 'LICENSE'), join(folder, 'dist', 'LICENSE-openapi-fetch'));
