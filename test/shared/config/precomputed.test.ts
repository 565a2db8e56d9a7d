import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { precompute, precomputed } from '../../../shared/config/precomputed.ts';

const absWorkingDir = fileURLToPath(new URL('../../..', import.meta.url));
const bundle = (path: string, plugins: (typeof precompute)[]) =>
  build({ absWorkingDir, entryPoints: [path], bundle: true, write: false, format: 'esm', metafile: true, plugins });

it.each(Object.entries(precomputed))(
  '%s is put into a bundle as its value, and names all that it is made of',
  async (path, parts) => {
    const { metafile } = await bundle(path, []);
    expect(Object.keys(metafile.inputs).sort()).toEqual([path, ...parts].sort());
    const { outputFiles, metafile: computed } = await bundle(path, [precompute]);
    expect(Object.keys(computed.inputs)).toEqual([path]);
    const code = `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')}`;
    const expected = await import(`../../../${relative('.', path)}`);
    expect({ ...(await import(code)) }).toEqual({ ...expected });
  },
);
