/** The help of a noun, and of a command. */
import { type Command, nameOf } from './command.ts';
import { commands } from './commands.ts';
import { type Input, type Inputs, inputsOf } from './inputs.ts';
import { nouns } from './nouns.ts';
import { defaultMost } from './pages.ts';
import { isFile, isList } from './route-answer.ts';

const call = 'npm run operator --';
const verbsOf = (noun: string): readonly Command[] => commands.filter((one) => one.noun === noun);

const width = 100;
/** Lines of at most 100 characters, each after so many blanks. */
const wrapped = (text: string, indent: number): string => {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width - indent)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => ' '.repeat(indent) + line).join('\n');
};

const wordsOf = ({ words }: Inputs): string => words.map(({ name }) => ` ${name}`).join('');

export const nounHelp = (noun: string): string => {
  const rows = verbsOf(noun).map((command) => {
    const inputs = inputsOf(command);
    const required = inputs.options.filter(({ isRequired }) => isRequired).map((input) => ` ${optionOf(input)}`);
    return `  ${call} ${nameOf(command)}${wordsOf(inputs)}${required.join('')}\n${wrapped(command.about, 6)}`;
  });
  return `${noun}: ${nouns[noun]?.about}\n\n${rows.join('\n')}\n`;
};

const valueNames = { text: ' TEXT', number: ' NUMBER', flag: '', list: ' A,B', json: ' JSON' } as const;
const optionOf = ({ name, kind, choices }: Input): string =>
  `--${name}${choices.length > 0 && kind !== 'flag' ? ` ${choices.join('|')}` : valueNames[kind]}`;

const described = (input: Input): string => {
  const notes = [
    input.isRequired ? 'Required.' : '',
    input.about,
    input.isNullable ? 'The text null takes the default again.' : '',
  ];
  const text = notes.filter((note) => note !== '').join(' ');
  return `  ${input.place === 'path' || input.name === input.name.toUpperCase() ? input.name : optionOf(input)}${text ? `\n${wrapped(text, 6)}` : ''}`;
};

const addedRows = (command: Command): readonly string[] => [
  ...(isList(command.route) && !command.picks
    ? [`  --most NUMBER\n      Entries that are read, ${defaultMost} by default. A note says when there are more.`]
    : []),
  ...(command.asks ? ['  --yes, -y\n      Does not ask first. Needed where nobody can be asked.'] : []),
  ...(isFile(command.route) ? ['  --output FILE\n      Required. A new file.'] : []),
  ...(command.secretOut
    ? [
        `  --new-key-file FILE\n      Writes the ${command.secretOut} to a new file that only you can read, or with - to standard output. Without it, only a terminal shows the ${command.secretOut}.`,
      ]
    : []),
];

const commonHelp = `Options of every command:
  --stage NAME [--region REGION]
      A deployed stage. Its URL is read from its stack, with the AWS credentials of the shell.
  --url URL
      The base URL of a stage, in place of --stage: https, or the twin on this machine. Or the variable OPERATOR_URL.
  --key-file FILE
      A file with the facade key that only you can read, or - for standard input. Or the variable OPERATOR_KEY.
      Without any of them a terminal asks for the key and shows nothing.
  --json
      Prints the JSON:API document; of a list, one line with the resource of each entry.
  --wait SECONDS
      How long to wait for further tries in all when the facade asks for it: 60 by default, 0 for one try.

Status: 0 done, 1 refused by the facade or no answer, 2 wrong usage.`;

const scopeOf = ({ route }: Command): string => {
  if (route.scope === 'any-consumer') return 'Every consumer may.';
  return `Needs the scope ${route.scope}.`;
};
const adminScopeOf = ({ route: { adminScope } }: Command): string =>
  adminScope === undefined ? '' : ` With the scope ${adminScope} it reaches more.`;

export const commandHelp = (command: Command): string => {
  const inputs = inputsOf(command);
  const { method, path, description } = command.route;
  const rows = [...inputs.words, ...inputs.options].map(described).concat(addedRows(command));
  const secret = command.secretIn
    ? `\n\nThe ${command.secretIn} is asked for and not shown, or read from standard input. It is never an argument.`
    : '';
  return `${call} ${nameOf(command)}${wordsOf(inputs)} [OPTIONS]

${wrapped(`${command.about.replace(/\.?$/, '.')} ${description ?? ''}`.trim(), 2)}

  ${method} ${path}. ${scopeOf(command)}${adminScopeOf(command)}${secret}
${rows.length > 0 ? `\n${rows.join('\n')}\n` : ''}
${commonHelp}
`;
};
