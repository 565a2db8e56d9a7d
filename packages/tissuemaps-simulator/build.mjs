// Makes what is published: JavaScript for Node 20 and its types, in dist/. Other packages are part of it, with their licences.
import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));
const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));

await rm(join(folder, 'dist'), { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: folder,
  entryPoints: ['src/main.ts', 'src/index.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  metafile: true,
  // A package of the bundle requires modules of Node.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  define: { 'process.env.TISSUEMAPS_SIMULATOR_VERSION': JSON.stringify(version) },
});

/** Folders of the packages in the bundle. */
const packages = new Set(
  Object.keys(metafile.inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
);
const licences = await Promise.all(
  [...packages].toSorted().map(async (path) => {
    const own = join(folder, path);
    const file = (await readdir(own)).find((name) => /^licen[cs]e/i.test(name));
    if (file === undefined) throw new Error(`${path} has no licence.`);
    return `${path.replace(/^.*node_modules\//, '')}\n\n${await readFile(join(own, file), 'utf8')}`;
  }),
);
await writeFile(join(folder, 'dist', 'LICENSES.txt'), licences.join(`\n${'-'.repeat(72)}\n`));

execFileSync(process.execPath, [join(typescript, 'bin', 'tsc'), '--project', join(folder, 'tsconfig.json')], {
  stdio: 'inherit',
});
