/** npm run client-types: writes the types of the client anew, after a change of a route or of the catalogue. */
import { writeFile } from 'node:fs/promises';
import { generateTypes, typesFile } from './types.ts';

await writeFile(typesFile, await generateTypes());
