/** Synthesizes a stage from empty bundles: template tests need no compiled handler and touch no shared folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { expect } from 'vitest';
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
export const synthesizeAnew = (stage: string, env: Record<string, string> = {}) => {
  const { app, stack, template } = withFolder((outdir) =>
    withFolder((bundles) => {
      const made = createApp({ stage, outdir, bundles: emptyBundles(bundles), checks: false, env });
      return { ...made, template: asExpectations(Template.fromStack(made.stack)) };
    }),
  );
  const resources = Object.entries(template.toJSON().Resources as Record<string, RawResource>).map(
    ([id, resource]) => ({
      ...resource,
      id,
      properties: resource.Properties ?? {},
    }),
  );
  const ofType = <Properties = Record<string, unknown>>(type: string): Resource<Properties>[] =>
    resources.filter(({ Type }) => Type === type) as unknown as Resource<Properties>[];
  return { app, stack, template, resources, ofType };
};

const known = new Map<string, ReturnType<typeof synthesizeAnew>>();

/** The same, made once for all test files of this process: read it only. */
export const synthesize = (stage: string, env: Record<string, string> = {}): ReturnType<typeof synthesizeAnew> => {
  const key = JSON.stringify([stage, env]);
  const made = known.get(key) ?? synthesizeAnew(stage, env);
  known.set(key, made);
  return made;
};
