/** Modules that are computed while a function is bundled: the bundle contains what they export, not how it is made. */
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const projectFile = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Each with all files that it is made of, which are inputs of every bundle. A module exports data that JSON can hold. */
export const precomputed: Readonly<Record<string, readonly string[]>> = {
  'shared/signals/operation-table.ts': [
    'shared/catalogue/operation-lines.ts',
    'shared/catalogue/operation.ts',
    'shared/signals/operations.ts',
    'shared/signals/policy.ts',
  ],
};

const exportsOf = async (path: string): Promise<string> => {
  const values: Readonly<Record<string, unknown>> = await import(path);
  return Object.entries(values)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join('\n');
};

export const precompute: Plugin = {
  name: 'precompute',
  setup(build) {
    const paths = Object.keys(precomputed).map(projectFile);
    // esbuild asks about each path that fits the pattern, which costs time, so it is the end of these paths.
    build.onLoad({ filter: /-table\.ts$/ }, async ({ path }) =>
      paths.includes(path) ? { contents: await exportsOf(path), loader: 'js' } : undefined,
    );
  },
};
