/** Published versions and aliases. A version keeps its code and its variables: a running execution goes on with them. */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { FunctionDefinition } from '../lambda/worker.ts';
import type { Stack } from '../template/stack.ts';
import { templateError } from '../twin-error.ts';

const Kept = z.object({
  logicalId: z.string(),
  functionName: z.string(),
  number: z.number().int(),
  /** Its code is gone. Its number is never given again. */
  isPruned: z.boolean().default(false),
  definition: z.looseObject({ name: z.string(), environment: z.record(z.string(), z.string()) }),
});
type Kept = Omit<z.infer<typeof Kept>, 'definition'> & { readonly definition: FunctionDefinition };

type PublishedVersion = {
  readonly functionName: string;
  readonly number: string;
  readonly definition: FunctionDefinition;
};
export type Versions = {
  readonly all: readonly PublishedVersion[];
  /** @param qualifier number or alias; undefined when there is no such version. */
  find(functionName: string, qualifier: string): PublishedVersion | undefined;
};

const Version = z.object({ FunctionName: z.string() });
const Alias = z.object({ FunctionName: z.string(), Name: z.string(), FunctionVersion: z.string() });

const loopback = /^https?:\/\/(127\.0\.0\.1|localhost)[:/]/;

/** Emulators listen on other ports after a restart, so addresses are taken from the current function. */
const withCurrentAddresses = (
  kept: FunctionDefinition,
  current: FunctionDefinition | undefined,
): FunctionDefinition => {
  const environment = Object.entries(kept.environment).map(([name, value]) => {
    const now = current?.environment[name];
    return [name, now !== undefined && loopback.test(value) ? now : value] as const;
  });
  return { ...kept, environment: Object.fromEntries(environment) };
};

const readKept = (path: string): Kept[] =>
  existsSync(path) ? (z.array(Kept).parse(JSON.parse(readFileSync(path, 'utf8'))) as unknown as Kept[]) : [];

const writeKept = (path: string, kept: readonly Kept[]): void => {
  writeFileSync(`${path}.new`, JSON.stringify(kept));
  renameSync(`${path}.new`, path);
};

const codeFolder = (folder: string, name: string, number: number): string => join(folder, 'code', `${name}-${number}`);

const copyCode = (folder: string, definition: FunctionDefinition, number: number): string => {
  const to = codeFolder(folder, definition.name, number);
  cpSync(definition.directory, to, { recursive: true });
  return to;
};

/** Reads a definition, which is only possible once every version has its reference. */
type Define = (logicalId: string) => FunctionDefinition;

const functionIdOf = (stack: Stack, logicalId: string, name: string): string => {
  const found = stack.findByName('AWS::Lambda::Function', name);
  if (!found) throw templateError(logicalId, `its function is not in the stack (${name})`);
  return found;
};

/** Gives versions and aliases of the template their references, and each new version a number. */
const numberVersions = (stack: Stack, kept: readonly Kept[]): Map<string, number> => {
  const numbers = new Map<string, number>();
  for (const logicalId of stack.ofType('AWS::Lambda::Version')) {
    const functionId = functionIdOf(stack, logicalId, stack.read(logicalId, Version).FunctionName);
    const { ref: name, attributes } = stack.reference(functionId);
    const ofFunction = kept.filter(({ functionName }) => functionName === name);
    const known = ofFunction.find((version) => version.logicalId === logicalId && !version.isPruned)?.number;
    const number = known ?? Math.max(0, ...ofFunction.map((version) => version.number)) + 1;
    numbers.set(logicalId, number);
    const reference = stack.reference(logicalId);
    reference.ref = `${attributes.Arn}:${number}`;
    reference.attributes = { Version: String(number), FunctionArn: reference.ref };
  }
  for (const logicalId of stack.ofType('AWS::Lambda::Alias')) {
    const { FunctionName, Name } = stack.read(logicalId, Alias);
    const reference = stack.reference(logicalId);
    const arn = stack.reference(functionIdOf(stack, logicalId, FunctionName)).attributes.Arn;
    reference.ref = `${arn}:${Name}`;
    reference.attributes = { AliasArn: reference.ref };
  }
  return numbers;
};

/** Whether an execution that has not ended runs on a version. */
export type IsInUse = (functionName: string, number: number) => boolean;

/** Removes the code of versions that the template no longer has and no execution runs on. @returns all, with these marked. */
const prune = (
  kept: readonly Kept[],
  folder: string | undefined,
  numbers: ReadonlyMap<string, number>,
  isInUse: IsInUse,
): Kept[] =>
  kept.map((version) => {
    const { logicalId, functionName, number, isPruned } = version;
    if (isPruned || numbers.get(logicalId) === number || isInUse(functionName, number)) return version;
    if (folder !== undefined) rmSync(codeFolder(folder, functionName, number), { recursive: true, force: true });
    return { ...version, isPruned: true };
  });

/**
 * Publishes what the template declares and no former start has published.
 * @param folder where versions are kept between runs, with their code; without it, a version has the code of its function.
 * @param isInUse versions of former templates are kept as long as it is true of them.
 * @param define gives the function of a logical id; called once every version has its reference.
 */
export const publishVersions = (
  stack: Stack,
  folder: string | undefined,
  isInUse: IsInUse,
  define: Define,
): Versions => {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const path = folder === undefined ? undefined : join(folder, 'versions.json');
  const read = path === undefined ? [] : readKept(path);
  const numbers = numberVersions(stack, read);
  const kept = prune(read, folder, numbers, isInUse);
  const definitions = new Map<string, FunctionDefinition>();
  const added: Kept[] = [];
  for (const [logicalId, number] of numbers) {
    const functionId = functionIdOf(stack, logicalId, stack.read(logicalId, Version).FunctionName);
    const definition = define(functionId);
    definitions.set(definition.name, definition);
    if (kept.some((version) => version.number === number && version.functionName === definition.name)) continue;
    const directory = folder === undefined ? definition.directory : copyCode(folder, definition, number);
    added.push({
      logicalId,
      functionName: definition.name,
      number,
      isPruned: false,
      definition: { ...definition, directory, arn: `${definition.arn}:${number}`, version: String(number) },
    });
  }
  const everything = [...kept, ...added];
  if (path !== undefined) writeKept(path, everything);
  const living = everything.filter(({ isPruned }) => !isPruned);
  const all = living.map(({ functionName, number, definition }) => ({
    functionName,
    number: String(number),
    definition: withCurrentAddresses(definition, definitions.get(functionName)),
  }));
  const aliases = new Map(
    stack.ofType('AWS::Lambda::Alias').map((logicalId) => {
      const { FunctionName, Name, FunctionVersion } = stack.read(logicalId, Alias);
      const name = stack.reference(functionIdOf(stack, logicalId, FunctionName)).ref;
      return [`${name}:${Name}`, FunctionVersion] as const;
    }),
  );
  return {
    all,
    find: (functionName, qualifier) => {
      const number = aliases.get(`${functionName}:${qualifier}`) ?? qualifier;
      return all.find((version) => version.functionName === functionName && version.number === number);
    },
  };
};
