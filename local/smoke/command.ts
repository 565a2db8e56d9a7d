/** npm run smoke -- --url URL --key-file FILE [--large PATH]: reads of a deployed stage that show what AWS does to them. */
import { parseArgs } from 'node:util';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { UsageError } from '../operator/usage-error.ts';
import { readKeyFile, toBaseUrl } from '../stage-access.ts';
import { createAsk } from './ask.ts';
import { runChecks } from './run.ts';

const usage = `Usage: npm run smoke -- --url URL --key-file FILE [--large PATH]
  --url URL         base URL of a stage, such as https://abc123.execute-api.eu-west-1.amazonaws.com/dev
  --key-file FILE   file with the key of a consumer that has *:read, and nothing else in it
  --large PATH      native path of a file above 8 MiB, to see whether a stalled reader holds a function (a minute and a half)
About 20 reads, in three minutes at most. Nothing is written, and no answer and no key is shown.
Status: 0 all as documented, 1 something differs, failed or cannot be told, 2 wrong parameters.`;

const readParameters = (args: readonly string[]) => {
  try {
    const options = {
      url: { type: 'string' },
      'key-file': { type: 'string' },
      large: { type: 'string' },
      help: { type: 'boolean' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
};

const readKey = (file: string | undefined): Promise<string> => {
  if (!file) throw new UsageError('--key-file names the file with the key. The key itself is never a parameter.');
  return readKeyFile(file, () =>
    console.error(`Hint: others on this machine can read ${file}. Fix: chmod 600 ${file}`),
  );
};

const toLarge = (path: string | undefined): string | undefined => {
  if (path === undefined || path.startsWith(`${signalsBasePath}/`)) return path;
  throw new UsageError(`--large starts with ${signalsBasePath}/.`);
};

const check = async (args: readonly string[]): Promise<number> => {
  const { url, 'key-file': keyFile, large, help } = readParameters(args);
  if (help) {
    console.log(usage);
    return 0;
  }
  const baseUrl = toBaseUrl(url);
  const options = { large: toLarge(large), stallMillis: 75_000 };
  const counts = await runChecks(createAsk(baseUrl, await readKey(keyFile)), options, console.log);
  console.log(
    Object.entries(counts)
      .map(([verdict, count]) => `${count} ${verdict}`)
      .join(', '),
  );
  return counts.differs + counts.failed + counts.unknown > 0 ? 1 : 0;
};

/** The command, with what follows `--` on its line. Returns the status of the process. */
export const smoke = (args: readonly string[]): Promise<number> =>
  check(args).catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  });
