import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { BuildFailure, Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BundledFunction, bundleFunctions } from '../../infra/bundle.ts';
import { BundleError } from '../../infra/bundle-error.ts';
import { readPackageFiles } from '../../infra/package-files.ts';
import { routes } from '../../infra/routes.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { isFull } from '../support/test-size.ts';
import { goalBytes, startLimits } from './start-limits.ts';

// Takes the processor half a minute. At the small size the start of the twin for e2e bundles the same, and runs it.
describe.runIf(isFull)('bundleFunctions', () => {
  let bundles: readonly BundledFunction[] = [];
  beforeAll(async () => {
    bundles = nonEmpty(await bundleFunctions());
  });

  it('makes ES modules with source maps for every function that a route names, and none for the wiring', async () => {
    const names = bundles.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...new Set(routes.map((route) => route.function))]));
    expect(names).not.toContain('wiring');
    for (const { folder, startFiles } of bundles) {
      const code = await readFile(join(folder, 'index.mjs'), 'utf8');
      expect(code).toMatch(/export\s*\{[^}]*\bhandler\b/);
      for (const file of startFiles) expect(existsSync(join(folder, `${file}.map`)), file).toBe(true);
    }
  });

  it('gives every file what its CommonJS parts need', async () => {
    for (const { folder } of bundles) {
      const { start, later } = await readPackageFiles(folder);
      for (const file of [...start, ...later])
        expect(await readFile(join(folder, file), 'utf8'), file).toContain('createRequire');
    }
  });

  it('packs only files that the handler reaches', async () => {
    for (const { name, folder } of bundles) {
      const { start, later } = await readPackageFiles(folder);
      const code = (await readdir(folder)).filter((file) => file.endsWith('.mjs'));
      expect(code.sort(), name).toEqual([...start, ...later].sort());
    }
  });

  it('loads at a start no more bytes than the limit of each function', () => {
    const above = bundles.filter(({ name, startBytes }) => startBytes > (startLimits[name] ?? 0));
    expect(
      above.map(
        ({ name, startBytes }) => `${name}: ${startBytes}, limit ${startLimits[name]}, goal ${goalBytes(name)}`,
      ),
    ).toEqual([]);
    expect(Object.keys(startLimits).sort()).toEqual(bundles.map(({ name }) => name).sort());
  });

  it('imports node:http nowhere, which would load undici', async () => {
    for (const { folder, name } of bundles) {
      const { start, later } = await readPackageFiles(folder);
      for (const file of [...start, ...later])
        expect(await readFile(join(folder, file), 'utf8'), `${name}/${file}`).not.toMatch(
          /(from|import\()\s*"node:http"/,
        );
    }
    const shim = new URL('../../functions/edge/node-http-module.ts', import.meta.url).href;
    const script = `const { request } = await import('${shim}'); console.log(typeof request, process.moduleLoadList.join());`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    expect(stdout).toMatch(/^function /);
    expect(stdout).not.toContain('undici');
  });

  it('loads S3, KMS, SQS, jose and the texts of the operations with the first use', async () => {
    const native = bundles.find(({ name }) => name === 'native') ?? expect.fail('no native');
    const outputs: Metafile['outputs'] = JSON.parse(await readFile(native.metafile, 'utf8'));
    const inputsOf = (isStart: boolean) =>
      Object.entries(outputs)
        .filter(([path]) => native.startFiles.includes(basename(path)) === isStart)
        .flatMap(([, { inputs }]) => Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0))
        .map(([path]) => path)
        .join('\n');
    const lazy = ['client-s3/', 'client-kms/', 'client-sqs/', '/jose/'];
    expect(lazy.filter((part) => inputsOf(true).includes(part))).toEqual([]);
    expect(lazy.filter((part) => !inputsOf(false).includes(part))).toEqual([]);
    expect(inputsOf(true)).not.toContain('shared/signals/operations.ts');
  });
});

describe('BundleError', () => {
  it('says in one line for each fault where it is', () => {
    const failure = {
      errors: [{ text: 'Could not resolve "x"', location: { file: 'functions/native.ts', line: 3, column: 7 } }],
    } as BuildFailure;
    expect(new BundleError(failure).message).toBe(
      'The functions cannot be bundled. Fix:\nfunctions/native.ts:3:7: Could not resolve "x"',
    );
  });
});
