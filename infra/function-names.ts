/** The names of the Lambda functions: each file of `functions/` is one. */
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../functions', import.meta.url));

/** Files that are not functions. */
const compositionRoot = 'house.ts';

/** In alphabetical order: audit, cache, consumers, ... */
export const functionNames: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && entry.name !== compositionRoot)
  .map(({ name }) => basename(name, '.ts'))
  .sort();
