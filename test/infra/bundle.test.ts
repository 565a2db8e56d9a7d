import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildFailure } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundleFunctions } from '../../infra/bundle.ts';
import { BundleError } from '../../infra/bundle-error.ts';
import { routes } from '../../infra/routes.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { isFull } from '../support/test-size.ts';

describe('bundleFunctions', () => {
  // Takes the processor 10 s. At the small size the start of the twin for e2e bundles the same, and runs it.
  it.runIf(isFull)(
    'makes an ES module with a source map for every function that a route names, and none for the wiring',
    async () => {
      const bundles = await bundleFunctions();
      const names = bundles.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining([...new Set(routes.map((route) => route.function))]));
      expect(names).not.toContain('wiring');
      for (const { folder, bundleBytes } of nonEmpty(bundles)) {
        const code = await readFile(join(folder, 'index.mjs'));
        expect(code.byteLength).toBe(bundleBytes);
        expect(code.toString()).toMatch(/export\s*\{[^}]*\bhandler\b/);
        expect(existsSync(join(folder, 'index.mjs.map'))).toBe(true);
      }
    },
  );
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
