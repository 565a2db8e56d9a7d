/** Synthesizes a stage from empty bundles: template tests need no compiled handler and touch no shared folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll } from 'vitest';
import { createApp } from '../../infra/create-app.ts';
import { functionSizes } from '../../infra/routes.ts';

const folders: string[] = [];
const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'facade-template-'));
  folders.push(folder);
  return folder;
};

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const emptyBundles = (): string => {
  const folder = temporaryFolder();
  for (const name of Object.keys(functionSizes)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.mjs'), `// ${name}\n`);
  }
  return folder;
};

/** One resource of the template; the test that asks says which properties it looks at. */
export type Resource<Properties> = {
  readonly id: string;
  readonly properties: Properties;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
};
type RawResource = { readonly Type: string; readonly Properties?: object };

/** One stage with the given overrides, which are environment variables such as FACADE_TENANT_URL. */
export const synthesize = (stage: string, env: Record<string, string> = {}) => {
  const outdir = temporaryFolder();
  const { app, stack } = createApp({ stage, outdir, bundles: emptyBundles(), checks: false, env });
  const template = Template.fromStack(stack);
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
