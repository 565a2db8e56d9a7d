/** Reads a synthesized cloud assembly: its one stack, and where the assets lie. Written to by `npm run synth`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { TwinError } from '../twin-error.ts';

const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Condition: z.string().optional(),
});
const Template = z.object({
  Resources: z.record(z.string(), Resource),
  Parameters: z.record(z.string(), z.looseObject({ Default: z.unknown() })).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
});
const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.string().optional(),
      properties: z.looseObject({}).default({}),
    }),
  ),
});
const StackProperties = z.looseObject({ templateFile: z.string(), stackName: z.string().optional() });
const NestedProperties = z.looseObject({ directoryName: z.string() });
const Assets = z.object({
  files: z.record(z.string(), z.looseObject({ source: z.looseObject({ path: z.string() }) })).default({}),
});

export type Template = z.output<typeof Template>;
export type TemplateResource = z.output<typeof Resource>;
export type Assembly = {
  readonly stackName: string;
  /** From the stack's environment; us-east-1 if the stack names no region. */
  readonly region: string;
  readonly template: Template;
  /** Folder of an asset by its hash, the file name part of a function's S3Key. */
  assetDirectory(hash: string): string | undefined;
};

const readJson = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new TwinError(`No ${path}. Fix: synthesize first (npm run synth).`);
  });
  const parsed = schema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new TwinError(`${path} is no cloud assembly: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
};

const regionOf = (environment: string | undefined): string => {
  const region = environment?.split('/').at(-1);
  return region && !region.startsWith('unknown') ? region : 'us-east-1';
};

type FoundStack = { readonly directory: string; readonly id: string; readonly artifact: StackArtifact };
type StackArtifact = z.output<typeof Manifest>['artifacts'][string];

const findStacks = async (directory: string): Promise<FoundStack[]> => {
  const { artifacts } = await readJson(join(directory, 'manifest.json'), Manifest);
  const found = await Promise.all(
    Object.entries(artifacts).map(async ([id, artifact]) => {
      if (artifact.type === 'aws:cloudformation:stack') return [{ directory, id, artifact }];
      if (artifact.type !== 'cdk:cloud-assembly') return [];
      return findStacks(join(directory, NestedProperties.parse(artifact.properties).directoryName));
    }),
  );
  return found.flat();
};

/** Reads the assembly in `directory`, which must hold exactly one stack. @throws TwinError when it does not. */
export const readAssembly = async (directory: string): Promise<Assembly> => {
  const stacks = await findStacks(directory);
  const [stack] = stacks;
  if (!stack || stacks.length > 1)
    throw new TwinError(`${directory} holds ${stacks.length} stacks; the twin runs one.`);
  const { templateFile, stackName } = StackProperties.parse(stack.artifact.properties);
  const template = await readJson(join(stack.directory, templateFile), Template);
  const assetsFile = join(stack.directory, templateFile.replace(/\.template\.json$/, '.assets.json'));
  const { files } = await readJson(assetsFile, Assets).catch(() => ({ files: {} as z.output<typeof Assets>['files'] }));
  return {
    stackName: stackName ?? stack.id,
    region: regionOf(stack.artifact.environment),
    template,
    assetDirectory: (hash) => {
      const file = files[hash];
      return file && join(stack.directory, file.source.path);
    },
  };
};
