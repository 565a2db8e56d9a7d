// Makes what is published: JavaScript for Node 20, in dist/. The S3 client stays outside: only bucket mode needs it.
import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));
const { version } = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8'));

await rm(new URL('dist', import.meta.url), { recursive: true, force: true });
await build({
  absWorkingDir: folder,
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: ['@aws-sdk/client-s3'],
  define: { 'process.env.ARCHIVE_VERIFY_VERSION': JSON.stringify(version) },
});
