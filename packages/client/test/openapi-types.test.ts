/** What is committed is made of the document that the facade serves now. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { generateKeyedPosts, keyedPostsFile } from '../generate/keyed-posts.ts';
import { generateTypes, typesFile } from '../generate/types.ts';

describe('src/openapi.ts', () => {
  it('is up to date: run `npm run client-types` after a change of a route or of the catalogue', async () => {
    // Not toBe: a difference in 800 KB would be printed.
    const isUpToDate = (await generateTypes()) === (await readFile(typesFile, 'utf8'));
    expect(isUpToDate, 'Run `npm run client-types`, and commit src/openapi.ts.').toBe(true);
  });
});

describe('src/keyed-posts.ts', () => {
  it('is up to date: run `npm run client-types` after a change of a route or of the catalogue', async () => {
    expect(await readFile(keyedPostsFile, 'utf8')).toBe(generateKeyedPosts());
  });
});
