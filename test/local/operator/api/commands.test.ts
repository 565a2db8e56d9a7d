/** The table of commands against the definitions of the routes. */
import { describe, expect, it } from 'vitest';
import { nameOf } from '../../../../local/operator/api/command.ts';
import { commands } from '../../../../local/operator/api/commands.ts';
import { addedOptions, commonOptions } from '../../../../local/operator/api/common-options.ts';
import { dataOf, inputsOf } from '../../../../local/operator/api/inputs.ts';
import type { JsonSchema } from '../../../../local/operator/api/json-schema.ts';
import { nouns } from '../../../../local/operator/api/nouns.ts';
import { answeredData, isList } from '../../../../local/operator/api/route-answer.ts';
import { routesWithoutCommand } from '../../../../local/operator/api/routes-without-command.ts';
import { stageCommands } from '../../../../local/operator/stage-commands.ts';
import { facadeRoutes } from '../../../../shared/surface/facade-routes.ts';
import { nonEmpty } from '../../../support/non-empty.ts';

const named = nonEmpty(commands).map((command) => [nameOf(command), command] as const);

const entryOf = (data: JsonSchema | undefined): readonly JsonSchema[] => {
  const one = data?.items ?? data ?? {};
  return one.anyOf ?? one.oneOf ?? [one];
};
const attributesOf = (data: JsonSchema | undefined): readonly string[] =>
  entryOf(data).flatMap((one) => Object.keys(one.properties?.attributes?.properties ?? {}));

describe('the table of commands', () => {
  it('has each route of the facade, or a reason why not', () => {
    const reached = new Set(commands.map(({ route }) => route.id));
    const ids = facadeRoutes.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(50);
    expect(ids.filter((id) => !reached.has(id) && !routesWithoutCommand[id])).toEqual([]);
    const reasoned = Object.keys(routesWithoutCommand);
    expect(reasoned.filter((id) => reached.has(id) || !ids.includes(id))).toEqual([]);
  });

  it('has no noun that is a stage command', () => {
    expect(Object.keys(nouns).filter((noun) => stageCommands.includes(noun))).toEqual([]);
  });

  it.each(named)('%s has options of different names, and none of those that every command has', (_name, command) => {
    const { options } = inputsOf(command);
    const names = options.map(({ name }) => name);
    const taken = new Set([...Object.keys(commonOptions), ...Object.keys(addedOptions)]);
    expect(names.filter((name, index) => taken.has(name) || names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => !/^[a-z][a-z-]*$/.test(name))).toEqual([]);
  });

  it.each(named)('%s shows attributes that its route answers, and sends those that it reads', (_name, command) => {
    const { columns = [], words = [], sets = {}, secretIn = [], secretOut = [], route } = command;
    const answered = attributesOf(answeredData(route));
    expect([...columns, secretOut].flat().filter((name) => !answered.includes(name))).toEqual([]);
    const read = attributesOf(dataOf(command));
    expect([...words, ...Object.keys(sets), secretIn].flat().filter((name) => !read.includes(name))).toEqual([]);
  });

  it.each(named.filter(([, { picks }]) => picks))('%s picks from a list', (_name, { route }) => {
    expect(isList(route)).toBe(true);
  });

  it.each(named.filter(([, { route }]) => route.method === 'DELETE'))('%s asks first', (_name, { asks }) => {
    expect(asks).toBe(true);
  });
});
