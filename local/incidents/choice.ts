/** Which incidents a command line asks for. */
import { parseArgs } from 'node:util';
import { UsageError } from '../operator/usage-error.ts';
import { type Incident, incidents } from './incidents.ts';

export const usage = `Usage: npm run incidents -- NAME ... | --all

Starts a twin, makes incidents in it, and prints a question for each. Find the answer in the routes of the twin, with the key
demo-admin: docs/incidents.md says where. Ctrl-C ends it. A wrong name ends it with status 2.

${incidents.map(({ name, question }) => `  ${name.padEnd(16)} ${question}`).join('\n')}

  PORT             port of the facade (4000)
`;

const parse = (args: readonly string[]) => {
  try {
    const options = { all: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } as const;
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
};

const find = (name: string): Incident => {
  const found = incidents.find((incident) => incident.name === name);
  if (found) return found;
  throw new UsageError(`There is no incident ${JSON.stringify(name)}.`);
};

/** @returns undefined when the usage is asked for. @throws UsageError for what is no option and no name. */
export const chooseIncidents = (args: readonly string[]): readonly Incident[] | undefined => {
  const { values, positionals } = parse(args);
  const named = [...new Set(positionals)].map(find);
  if (values.help || (named.length === 0 && !values.all)) return undefined;
  return values.all ? incidents : named;
};
