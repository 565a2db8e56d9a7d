/** The entry of `npm run smoke`. */
import { smoke } from './command.ts';

process.exitCode = await smoke(process.argv.slice(2));
