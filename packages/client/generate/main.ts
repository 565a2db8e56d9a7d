/** npm run client-types: writes what the client knows of the operations anew, after a change of a route or of the catalogue. */
import { writeFile } from 'node:fs/promises';
import { generateKeyedPosts, keyedPostsFile } from './keyed-posts.ts';
import { generateTypes, typesFile } from './types.ts';

await writeFile(typesFile, await generateTypes());
await writeFile(keyedPostsFile, generateKeyedPosts());
