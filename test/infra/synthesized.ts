/** Synthesizes a stage from empty bundles: template tests need no compiled handler and touch no shared folder. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, inject } from 'vitest';
import { createApp } from '../../infra/create-app.ts';
import { functionNames } from '../../infra/function-names.ts';

/** Gone once `use` is done. */
const withFolder = <T>(use: (folder: string) => T): T => {
  const folder = mkdtempSync(join(tmpdir(), 'facade-template-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const emptyBundles = (folder: string): string => {
  for (const name of functionNames) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.mjs'), `// ${name}\n`);
  }
  return folder;
};

/** CDK's assertions throw; so wrapped, they are assertions of the test runner, which refuses tests without any. */
const asExpectations = (template: Template): Template =>
  new Proxy(template, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      const call = (...args: unknown[]): unknown => member.apply(target, args);
      if (!/^(has|all|resourceCountIs|resourcePropertiesCountIs|templateMatches)/.test(String(name))) return call;
      return (...args: unknown[]) => expect(() => call(...args)).not.toThrow();
    },
  });

/** One resource of the template; the test that asks says which properties it looks at. */
export type Resource<Properties> = {
  readonly id: string;
  readonly properties: Properties;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
};
type RawResource = { readonly Type: string; readonly Properties?: object };

/** One stage with the given overrides, which are environment variables such as FACADE_TENANT_URL; for tests that add to it. */
export const synthesizeAnew = (stage: string, env: Readonly<Record<string, string>> = {}) =>
  withFolder((outdir) =>
    withFolder((bundles) => {
      const made = createApp({ stage, outdir, bundles: emptyBundles(bundles), checks: false, env });
      return { ...made, template: Template.fromStack(made.stack) };
    }),
  );
type Made = ReturnType<typeof synthesizeAnew>;

/** The whole constructs of a stage, made once in each process: read them only. */
const known = new Map<string, Made>();
const makeOnce = (key: string, stage: string, env: Readonly<Record<string, string>>): Made => {
  const made = known.get(key) ?? synthesizeAnew(stage, env);
  known.set(key, made);
  return made;
};

/** Of the run, so that the other processes find what one has made: a synthesis takes a second of the processor. */
const fileOf = (key: string): string =>
  join(inject('templates'), `${createHash('sha256').update(key).digest('hex')}.json`);

const readTemplate = (file: string): Template | undefined =>
  existsSync(file)
    ? Template.fromString(readFileSync(file, 'utf8'), { skipCyclicalDependenciesCheck: true })
    : undefined;

/** Under a name of its own first: nobody reads half a file. */
const writeTemplate = (file: string, template: Template): Template => {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(template.toJSON()));
  renameSync(own, file);
  return template;
};

const toSynthesized = (made: Template, constructs: () => Made) => {
  const template = asExpectations(made);
  const resources = Object.entries(template.toJSON().Resources as Record<string, RawResource>).map(
    ([id, resource]) => ({
      ...resource,
      id,
      properties: resource.Properties ?? {},
    }),
  );
  const ofType = <Properties = Record<string, unknown>>(type: string): Resource<Properties>[] =>
    resources.filter(({ Type }) => Type === type) as unknown as Resource<Properties>[];
  return {
    template,
    resources,
    ofType,
    get app() {
      return constructs().app;
    },
    get stack() {
      return constructs().stack;
    },
  };
};

const found = new Map<string, ReturnType<typeof toSynthesized>>();

/** The template of a stage, made once for all test files of a run. `app` and `stack` are made once for those of a process: read them only. */
export const synthesize = (
  stage: string,
  env: Readonly<Record<string, string>> = {},
): ReturnType<typeof toSynthesized> => {
  const key = JSON.stringify([stage, env]);
  const constructs = () => makeOnce(key, stage, env);
  const file = fileOf(key);
  const synthesized =
    found.get(key) ?? toSynthesized(readTemplate(file) ?? writeTemplate(file, constructs().template), constructs);
  found.set(key, synthesized);
  return synthesized;
};
