/** Runs one command of the stage's API. */
import { UsageError } from '../usage-error.ts';
import { findAccess, findPlace } from './access.ts';
import { type Arguments, CommandUsageError, checkNoun, findCommand, readArguments } from './arguments.ts';
import { type Command, nameOf } from './command.ts';
import { download } from './download.ts';
import { NoAnswer, Refused, type StageFault } from './failures.ts';
import { commandHelp, nounHelp } from './help.ts';
import type { Host } from './host.ts';
import { showNewSecret } from './new-key.ts';
import { nouns } from './nouns.ts';
import { BrokenPipe } from './output.ts';
import { type Entry, readPages, toMost } from './pages.ts';
import { printable, printableJson } from './printable.ts';
import { type CommandRequest, readValues, toRequest } from './request.ts';
import { isFile, isList } from './route-answer.ts';
import { type Ask, createAsk, type StageAccess } from './stage-client.ts';
import { detailsOf, tableOf } from './table.ts';
import type { Repetition } from './tries.ts';
import { readWords } from './words.ts';

type Run = Arguments & {
  readonly command: Command;
  readonly host: Host;
  readonly access: StageAccess;
  readonly ask: Ask;
  readonly request: CommandRequest;
};

/** A change of a version that was read cannot be repeated: the first try has made another version. */
const repetitionOf = ({ route }: Command, { headers }: CommandRequest): Repetition => {
  if (route.method === 'GET') return 'harmless';
  if (route.idempotency) return 'keyed';
  if (headers['if-match'] !== undefined || route.method === 'POST') return 'unsafe';
  return route.method === 'DELETE' ? 'gone' : 'harmless';
};

const line = (value: unknown): string => `${printableJson(value)}\n`;

const showMeta = async (host: Host, meta: Readonly<Record<string, unknown>>): Promise<void> => {
  const told = Object.entries(meta).filter(([, value]) => value !== 0);
  if (told.length > 0) await host.stderr.write(`meta: ${printableJson(Object.fromEntries(told))}\n`);
};

/** JSON goes out page by page. A table needs all rows first, for the widths of its columns. */
const list = async ({ command, host, ask, request, common }: Run): Promise<void> => {
  const rows: Entry[] = [];
  const most = toMost(common.most);
  for await (const { entries, meta, isCut } of readPages(ask, command, request, most)) {
    await showMeta(host, meta);
    if (common.json) for (const entry of entries) await host.stdout.write(line(entry));
    else rows.push(...entries);
    if (isCut) {
      const count = `${nameOf(command)} stopped at its bound, and there are more entries.`;
      await host.stderr.write(`${count} Fix: --most NUMBER, or narrow the list.\n`);
    }
  }
  if (common.json) return;
  if (rows.length === 0) return host.stderr.write('Nothing found.\n');
  await host.stdout.write(tableOf(rows, command.columns));
};

const isDocument = (document: unknown): document is { readonly data: Entry } =>
  typeof (document as { data?: { id?: unknown } } | undefined)?.data?.id === 'string';

const show = async ({ host, common }: Run, document: unknown): Promise<void> => {
  if (common.json && document !== undefined) return host.stdout.write(line(document));
  if (isDocument(document)) return host.stdout.write(detailsOf(document.data));
};

const pick = async (run: Run): Promise<void> => {
  const id = run.given.words[0] ?? '';
  let isWhole = true;
  for await (const { entries, isCut } of readPages(run.ask, run.command, run.request, Number.POSITIVE_INFINITY)) {
    const found = entries.find((entry) => entry.id === id);
    if (found) return show(run, { data: found });
    isWhole = !isCut;
  }
  const where = isWhole ? '' : 'what was read of ';
  const more = isWhole ? '' : ' The search stopped at its bound of pages, and there are more entries.';
  throw new NoAnswer(`There is no entry with the id ${JSON.stringify(id)} in ${where}${run.command.noun} list.${more}`);
};

const save = async ({ host, access, request, common, command }: Run): Promise<void> => {
  if (common.output === undefined) throw new CommandUsageError(nameOf(command), 'Say --output FILE.');
  const { bytes, sha256 } = await download(host, access, request, common.output);
  await host.stderr.write(`${common.output}: ${bytes} bytes, SHA-256 ${sha256}\n`);
};

const act = async (run: Run): Promise<void> => {
  const { command, host, ask, request, common } = run;
  const send = () => ask({ ...request, repetition: repetitionOf(command, request) });
  if (command.secretOut !== undefined) {
    const destination = { name: command.secretOut, file: common['new-key-file'], of: run.given.words[0] ?? '' };
    const make = async () => (await send()).document as { readonly data: Entry };
    return showNewSecret(host, destination, make, (document) => show(run, document));
  }
  const { document, wasRepeated } = await send();
  await show(run, document);
  if (document === undefined)
    await host.stderr.write(wasRepeated ? 'Done. More than one try was needed.\n' : 'Done.\n');
};

const perform = (run: Run): Promise<void> => {
  const { command } = run;
  if (isFile(command.route)) return save(run);
  if (command.picks) return pick(run);
  return isList(command.route) ? list(run) : act(run);
};

type Question = Pick<Run, 'command' | 'host' | 'given' | 'common'>;

const whatOf = ({ command, given }: Question): string => [nameOf(command), ...given.words].join(' ');

/** @throws UsageError where nobody can be asked. */
const ensureMayAsk = (question: Question): void => {
  const { command, host, common } = question;
  if (!command.asks || common.yes || (host.canAsk && common['key-file'] !== '-')) return;
  throw new CommandUsageError(nameOf(command), `${whatOf(question)} takes something away: say --yes.`);
};

/** @param baseUrl of the stage, which a variable may have named long ago. @returns false when the person said no. */
const mayGoOn = async (question: Question, baseUrl: URL): Promise<boolean> => {
  const { command, host, common } = question;
  if (!command.asks || common.yes) return true;
  const what = `${printable(whatOf(question))} at ${baseUrl.href}`;
  const answer = await host.readLine(`${what}: ${command.about}. Type yes to go on: `);
  return answer.trim().toLowerCase() === 'yes';
};

/** @throws UsageError when standard input has another secret. */
const readSecret = async (host: Host, { 'key-file': keyFile }: Arguments['common'], name: string | undefined) => {
  if (name === undefined) return undefined;
  if (keyFile === '-')
    throw new UsageError(`Standard input has the facade key, so it cannot have the ${name} too. Say --key-file FILE.`);
  return (await host.readSecret(`${name}: `)).trim();
};

const run = async (command: Command, args: Arguments, host: Host): Promise<number> => {
  const values = readValues(args.inputs, args.given);
  toRequest(command, values, undefined); // So that a mistake is told before anything is asked.
  ensureMayAsk({ ...args, command, host });
  const place = await findPlace(host, args.common);
  if (!(await mayGoOn({ ...args, command, host }, place.baseUrl))) {
    await host.stderr.write('Nothing was done.\n');
    return 1;
  }
  const access = await findAccess(host, args.common, place);
  const request = toRequest(command, values, await readSecret(host, args.common, command.secretIn));
  await perform({ ...args, command, host, access, ask: createAsk(host, access), request });
  return 0;
};

const faultText = ({ status, code, title, detail, source, id }: StageFault): string => {
  const where = Object.entries(source ?? {}).map(([kind, name]) => ` (${kind} ${name})`);
  const text = `${code ?? 'ERROR'} (${status}): ${detail ?? title}${where.join('')}${id ? ` Request ${id}.` : ''}`;
  return `${printable(text)}\n`;
};

const explain = async (error: unknown, host: Host, isJson: boolean): Promise<number> => {
  if (error instanceof BrokenPipe) return 0;
  if (error instanceof Refused) {
    await host.stderr.write(isJson ? line({ errors: error.faults }) : error.faults.map(faultText).join(''));
    return 1;
  }
  const { message, name } = error as Error;
  const text = message.split('\n')[0] ?? '';
  if (error instanceof UsageError) {
    const of = error instanceof CommandUsageError ? `${error.command} ` : '';
    await host.stderr.write(`${text} Fix: npm run operator -- ${of}--help lists the options.\n`);
    return 2;
  }
  await host.stderr.write(error instanceof NoAnswer ? `${printable(text)}\n` : `${name}: ${printable(text)}\n`);
  return 1;
};

/** Mistakes of a command name its own help. */
const naming = async (command: Command, work: () => Promise<number>): Promise<number> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UsageError) || error instanceof CommandUsageError) throw error;
    throw new CommandUsageError(nameOf(command), error.message);
  }
};

const start = async (args: readonly string[], host: Host): Promise<number> => {
  const { words, isHelp } = readWords(args);
  const [noun = '', verb] = words;
  checkNoun(noun);
  const command = findCommand(noun, verb);
  if (isHelp) {
    await host.stdout.write(command && verb !== undefined ? commandHelp(command) : nounHelp(noun));
    return 0;
  }
  if (!command)
    throw new CommandUsageError(noun, `Say what to do: ${Object.keys(nouns[noun]?.verbs ?? {}).join(', ')}.`);
  return naming(command, () => run(command, readArguments(command, args, verb !== undefined), host));
};

/**
 * @param args the noun first, then the verb, its words and options.
 * @returns the status of the process: 0 done, 1 refused by the facade or without an answer, 2 wrong usage.
 */
export const runApiCommand = async (args: readonly string[], host: Host): Promise<number> => {
  try {
    return await start(args, host);
  } catch (error) {
    return await explain(error, host, args.includes('--json')).catch(() => 1);
  }
};
