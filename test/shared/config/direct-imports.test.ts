import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { directImports } from '../../../shared/config/direct-imports.ts';

const index = 'node_modules/@smithy/core/dist-es/submodules';

/** A package with an index, as the SDK has them, a client that takes one name of it at the start, and another later. */
const files = {
  'node_modules/@smithy/core/package.json': JSON.stringify({
    name: '@smithy/core',
    sideEffects: false,
    exports: { './codecs': './dist-es/submodules/codecs/index.js', './ground': './dist-es/submodules/ground/index.js' },
  }),
  [`${index}/codecs/index.js`]: [
    'export { json as asJson } from "./json";',
    'export { Xml } from "./xml";',
    'export { ground } from "@smithy/core/ground";',
  ].join('\n'),
  [`${index}/codecs/json.js`]: 'export const json = "the json of the start";',
  [`${index}/codecs/xml.js`]: 'export const Xml = "the xml of later";',
  // The second name is made by the index itself.
  [`${index}/ground/index.js`]: [
    'export { ground, unused } from "./ground";',
    'import { ground } from "./ground";',
    'export const computed = ground + " computed";',
  ].join('\n'),
  [`${index}/ground/ground.js`]: 'export const ground = "the ground"; export const unused = "unused";',
  'node_modules/@aws-sdk/client/package.json': JSON.stringify({ name: '@aws-sdk/client', sideEffects: false }),
  'node_modules/@aws-sdk/client/dist-es/start.js': [
    'import { asJson, ground as floor } from "@smithy/core/codecs";',
    'import { computed } from "@smithy/core/ground";',
    'export const start = [asJson, computed, floor];',
  ].join('\n'),
  'node_modules/@aws-sdk/client/dist-es/later.js': [
    'import { Xml } from "@smithy/core/codecs";',
    'export const later = Xml;',
  ].join('\n'),
  'entry.js': [
    'import { start } from "@aws-sdk/client/dist-es/start.js";',
    'export const values = async () => [...start, (await import("@aws-sdk/client/dist-es/later.js")).later];',
  ].join('\n'),
};

const bundle = async (useDirectImports: boolean) => {
  const folder = await mkdtemp(join(tmpdir(), 'facade-direct-imports-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const plugins = useDirectImports ? [directImports(join(folder, 'node_modules'))] : [];
  const outdir = join(folder, 'out');
  const options = { absWorkingDir: folder, bundle: true, splitting: true, format: 'esm', platform: 'node' } as const;
  const { metafile } = await build({ ...options, entryPoints: ['entry.js'], outdir, metafile: true, plugins });
  const started = new Set<string>();
  const load = (path: string): void => {
    started.add(path);
    for (const { path: next, kind } of metafile.outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && !started.has(next)) load(next);
  };
  load('out/entry.js');
  const parts = [...started].flatMap((path) => Object.keys(metafile.outputs[path]?.inputs ?? {}));
  await writeFile(join(outdir, 'package.json'), '{"type":"module"}');
  const { values } = (await import(join(outdir, 'entry.js'))) as { values: () => Promise<string[]> };
  return { parts: parts.map((path) => path.split('/submodules/').at(-1)), values: await values() };
};

it('a start loads what it uses of an index, and nothing that only a later part uses', async () => {
  const { parts, values } = await bundle(true);
  expect(parts).toEqual(expect.arrayContaining(['codecs/json.js', 'ground/ground.js']));
  expect(parts).not.toContain('codecs/xml.js');
  expect(values).toEqual(['the json of the start', 'the ground computed', 'the ground', 'the xml of later']);
});

it('without direct imports it loads the later part, too: the reason for them', async () => {
  const { parts, values } = await bundle(false);
  expect(parts).toContain('codecs/xml.js');
  expect(values).toHaveLength(4);
});
