/** The entry of `npm run synth`. */
import { synthCommand } from './synth-command.ts';

process.exitCode = await synthCommand(process.argv.slice(2), process.env);
