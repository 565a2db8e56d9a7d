/** The command `npm run what-if`: its parameters, its output and its status. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { signalsCacheRules } from '../../shared/signals/cache/rules.ts';
import { createSignalsUpstream, readSignalsOperations } from '../../shared/signals/signals.ts';
import { readPlan, type WhatIfPlan } from '../../shared/what-if/plan.ts';
import { toText } from './report.ts';
import { whatIf } from './what-if.ts';

const usage = `Usage: npm run what-if -- --plan FILE [--today FILE] [--instances N] [--json] LOG [LOG ...]
  --plan FILE     the proposed plan, a JSON document: quota, consumers, freshness (docs/what-if.md)
  --today FILE    the plan under which the log was recorded; without it the defaults of the product
  --instances N   instances of the facade that share the requests (4)
  --json          prints one JSON document instead of tables
  LOG             requests, one on a line (NDJSON) or a row (CSV with a header), in any order; - reads standard input.
                  Pages of GET /v1/requests, lines of a function's log, exports of log queries; .gz is unpacked
Nothing is sent, and nothing is changed.
Status: 0 replayed; 1 the log has no request, or lines that cannot be read (the others are replayed); 2 wrong parameters or plan.`;

class UsageError extends Error {}

const readParameters = (args: readonly string[]) => {
  try {
    const options = {
      plan: { type: 'string' },
      today: { type: 'string' },
      instances: { type: 'string', default: '4' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    } as const;
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
};

const readPlanFile = async (file: string): Promise<WhatIfPlan> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The plan ${file} cannot be read (${error.code}).`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`The plan ${file} is no JSON: ${(error as Error).message}`);
  }
  const result = readPlan(value);
  if ('faults' in result)
    throw new UsageError(`The plan ${file} has faults:\n${result.faults.map((fault) => `  ${fault}`).join('\n')}`);
  return result.plan;
};

const toInstances = (text: string): number => {
  const instances = Number(text);
  if (!Number.isInteger(instances) || instances < 1 || instances > 1_000)
    throw new UsageError('--instances is a whole number from 1 to 1000.');
  return instances;
};

const rules = {
  operations: readSignalsOperations(),
  changes: signalsCacheRules.changes,
  spendsQuota: createSignalsUpstream('https://snb.example.com').spendsQuota,
};

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error &&
  'code' in error &&
  ['open', 'read'].includes(String((error as NodeJS.ErrnoException).syscall));

export type Output = { readonly print: (text: string) => void; readonly complain: (text: string) => void };

const nothingRead = ({ log, notes }: Awaited<ReturnType<typeof whatIf>>): string =>
  `The log has no request${log.unreadable + log.cutOff.length > 0 ? ` that can be read: ${notes.join(' ')}` : '.'} Fix: write one JSON document on a line, such as with jq -c.`;

const run = async (args: readonly string[], { print, complain }: Output): Promise<number> => {
  const { values, positionals: files } = readParameters(args);
  if (values.help) {
    print(usage);
    return 0;
  }
  if (!values.plan) throw new UsageError('--plan names the file of the proposed plan.');
  if (files.length === 0) throw new UsageError('Name at least one log, or - for standard input.');
  const instances = toInstances(values.instances);
  const proposed = await readPlanFile(values.plan);
  const today = values.today === undefined ? {} : await readPlanFile(values.today);
  const result = await whatIf({ files, today, proposed, rules, instances });
  const isEmpty = result.log.requests === 0;
  if (values.json) print(JSON.stringify(result));
  else if (!isEmpty) print(toText(result));
  if (isEmpty) complain(nothingRead(result));
  return isEmpty || result.log.unreadable > 0 ? 1 : 0;
};

/** Runs the command. @returns its status. @throws what is a fault of this code. */
export const runWhatIf = async (args: readonly string[], output: Output): Promise<number> => {
  try {
    return await run(args, output);
  } catch (error) {
    if (error instanceof UsageError) output.complain(`${error.message}\n\n${usage}`);
    else if (isFileError(error)) output.complain(`The log cannot be read: ${error.message}`);
    else throw error;
    return 2;
  }
};
