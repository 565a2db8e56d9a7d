// Makes what is published: JavaScript for Node 20 and its types, in dist/.
import { execFileSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));
const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));

await rm(join(folder, 'dist'), { recursive: true, force: true });
await build({
  absWorkingDir: folder,
  entryPoints: ['src/main.ts', 'src/index.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  define: { 'process.env.TISSUEMAPS_SIMULATOR_VERSION': JSON.stringify(version) },
});
execFileSync(process.execPath, [join(typescript, 'bin', 'tsc'), '--project', join(folder, 'tsconfig.json')], {
  stdio: 'inherit',
});
