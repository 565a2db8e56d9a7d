/** npm run what-if -- --plan FILE [--today FILE] LOG...: what another plan would have meant for the requests of a log. */
import { runWhatIf } from './command.ts';

process.exitCode = await runWhatIf(process.argv.slice(2), {
  print: (text) => console.log(text),
  complain: (text) => console.error(text),
});
