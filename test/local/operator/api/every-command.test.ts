/** Each command against the routes: with the request that the samples of the route have, written as words and options. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Command, nameOf } from '../../../../local/operator/api/command.ts';
import { commands } from '../../../../local/operator/api/commands.ts';
import { type Input, inputsOf } from '../../../../local/operator/api/inputs.ts';
import { isFile, isList } from '../../../../local/operator/api/route-answer.ts';
import { samples } from '../../../functions/edge/route-samples.ts';
import { temporaryFolder } from '../../../support/aws.ts';
import { createFacade, type FacadeRequest } from '../../../support/facade.ts';
import { nonEmpty } from '../../../support/non-empty.ts';
import { answerWith, asAdmin, createCommandLine } from './support.ts';

const named = nonEmpty(commands).map((command) => [nameOf(command), command] as const);

type Data = { readonly id?: string; readonly attributes?: Readonly<Record<string, unknown>> };

const dataIn = ({ body }: FacadeRequest): Data => (body ? JSON.parse(Buffer.from(body).toString()).data : {});

const textOf = ({ kind }: Input, value: unknown): string => {
  if (kind === 'list') return (value as readonly string[]).join(',');
  return kind === 'json' ? JSON.stringify(value) : String(value);
};

/** As a person would write what the sample sends. */
const argumentsOf = (command: Command, sample: FacadeRequest, pickedId: string): readonly string[] => {
  const { attributes = {}, id } = dataIn(sample);
  const { words, options } = inputsOf(command);
  const givenFor = ({ place, member }: Input): unknown => {
    if (place === 'id') return command.picks ? pickedId : id;
    return place === 'path' ? sample.path?.[member] : attributes[member];
  };
  const written = options
    .filter((input) => input.place === 'attribute' && attributes[input.member] !== undefined)
    .filter((input) => input.kind !== 'flag' || attributes[input.member] === true)
    .flatMap((input) =>
      input.kind === 'flag' ? [`--${input.name}`] : [`--${input.name}`, textOf(input, attributes[input.member])],
    );
  return [command.noun, command.verb, ...words.map((word) => String(givenFor(word))), ...written];
};

/** The states of a record in which a verb can be used. */
const before: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'backfills resume': [['backfills', 'pause', '1']],
};

describe('each command', () => {
  it.each(named)('%s does what its route does', async (_name, command) => {
    const facade = await createFacade();
    const folder = await temporaryFolder();
    const sample = await (samples[command.route.id] as (typeof samples)[string])(facade, command.route);
    const secret = String(dataIn(sample).attributes?.[command.secretIn ?? ''] ?? '');
    const { run } = createCommandLine(answerWith(facade), { env: asAdmin, secret });
    for (const args of before[nameOf(command)] ?? []) expect((await run(...args)).status).toBe(0);
    const listed = command.picks ? await run(command.noun, 'list', '--json') : undefined;
    const pickedId = JSON.parse(listed?.stdout.split('\n')[0] || '{"id":""}').id;
    const added = [
      ...(command.asks ? ['--yes'] : []),
      ...(isFile(command.route) ? ['--output', join(folder, 'file')] : []),
    ];
    const { status, stdout, stderr } = await run(...argumentsOf(command, sample, pickedId), ...added, '--json');
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    const lines = stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    if (isFile(command.route)) expect(await readFile(join(folder, 'file'), 'utf8')).toBe('%PDF-');
    else if (isList(command.route) && !command.picks)
      expect(lines.every(({ id }) => typeof id === 'string')).toBe(true);
    else if (command.route.method === 'DELETE') expect([lines, stderr]).toEqual([[], 'Done.\n']);
    else
      expect(lines).toEqual([expect.objectContaining({ data: expect.objectContaining({ id: expect.any(String) }) })]);
  });

  it.each(named)('%s says how it is used', async (name, command) => {
    const { run, seen } = createCommandLine(() => new Response(), { env: {} });
    const { status, stdout, stderr } = await run(command.noun, command.verb, '--help');
    expect([status, stderr, seen.length]).toEqual([0, '', 0]);
    expect(stdout).toContain(`npm run operator -- ${name}`);
    expect(stdout).toContain(`${command.route.method} ${command.route.path}`);
    const { words, options } = inputsOf(command);
    const missing = [...words.map((input) => input.name), ...options.map((input) => `--${input.name}`)];
    expect(missing.filter((one) => !stdout.includes(one))).toEqual([]);
  });
});
