import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { nonEmpty } from '../support/non-empty.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The members of CycloneDX 1.5 that its JSON schema obliges, and those that this project relies on. */
const CycloneDx = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.enum(['1.5', '1.6']),
  serialNumber: z.string().regex(/^urn:uuid:[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/),
  version: z.int().min(1),
  metadata: z.object({ timestamp: z.iso.datetime(), component: z.object({ name: z.string(), purl: z.string() }) }),
  components: z.array(
    z.object({
      'bom-ref': z.string().min(1),
      type: z.enum(['library', 'application', 'framework']),
      name: z.string().min(1),
      version: z.string().min(1),
      scope: z.enum(['required', 'optional', 'excluded']),
      purl: z.string().regex(/^pkg:npm\/.+@.+$/),
    }),
  ),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()).optional() })),
});

type Lock = {
  readonly packages: Record<string, { readonly name?: string; readonly version: string; readonly link?: boolean }>;
};

const run = (...parameters: string[]) =>
  spawnSync(process.execPath, [join(root, '.ci', 'sbom.ts'), ...parameters], {
    cwd: root,
    encoding: 'utf8',
    // No registry answers there.
    env: { ...process.env, npm_config_registry: 'http://127.0.0.1:9', INIT_CWD: root },
  });

describe('npm run sbom', () => {
  it('writes a CycloneDX document of exactly the packages of the lock file, without the network', () => {
    const folder = mkdtempSync(join(tmpdir(), 'facade-sbom-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'sbom.json');
    const { status, stderr } = run(file);
    expect([status, stderr]).toEqual([0, '']);
    const document = CycloneDx.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(document.metadata.component).toMatchObject({ name: 'signals-facade' });
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
    const locked = Object.entries(packages)
      .filter(([path, { link }]) => path !== '' && link !== true)
      .map(([path, { name, version }]) => `${name ?? path.split(/node_modules\/|^packages\//).at(-1)}@${version}`);
    const listed = document.components.map(({ name, version }) => `${name}@${version}`);
    expect(listed.length).toBeGreaterThan(100);
    const vendored = ['scalar', 'uplot'].map((name) =>
      JSON.parse(readFileSync(join(root, 'functions', 'documents', 'vendor', `${name}.json`), 'utf8')),
    );
    const wanted = [...locked, ...vendored.map(({ name, version }) => `${name}@${version}`)];
    expect([...new Set(listed)].sort()).toEqual([...new Set(wanted)].sort());
    const refs = [...document.components.map((component) => component['bom-ref'])];
    expect(new Set(refs).size).toBe(refs.length);
    const known = new Set([...refs, ...document.dependencies.map(({ ref }) => ref)]);
    for (const { dependsOn = [] } of nonEmpty(document.dependencies))
      for (const ref of dependsOn) expect(known).toContain(ref);
  });

  // Linux; elsewhere there is no such folder.
  it.runIf(existsSync('/proc/self'))('ends with one line where the file cannot be written', () => {
    const { status, stderr } = run('/proc/x/y.json');
    expect(status).toBe(1);
    expect(stderr.trim()).toMatch(/^[^\n]*\/proc\/x[^\n]* Fix: [^\n]*-- FILE\.$/);
  });

  it('refuses parameters that it does not know, in one line', () => {
    const { status, stderr } = run('--format', 'xml');
    expect([status, stderr]).toEqual([1, 'Usage: npm run sbom -- [FILE]\n']);
  });
});
