/**
 * node .ci/vendor.ts NAME VERSION: takes built files of a package that the portal serves into `functions/documents/vendor`, compressed.
 * As a dependency, `@scalar/api-reference` would bring 165 MB of others, which its one file already contains.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

/** By the name in the portal: the package, its licence, and what is taken of it. */
const packages = {
  scalar: { name: '@scalar/api-reference', licence: 'MIT', files: { 'scalar.js': 'dist/browser/standalone.js' } },
  uplot: {
    ...{ name: 'uplot', licence: 'MIT' },
    files: { 'uplot.js': 'dist/uPlot.iife.min.js', 'uplot.css': 'dist/uPlot.min.css' },
  },
} as const;
const vendor = fileURLToPath(new URL('../functions/documents/vendor', import.meta.url));

const [wanted, version] = process.argv.slice(2);
const found = Object.entries(packages).find(([known]) => known === wanted);
if (!found || !version) {
  console.error(`Usage: node .ci/vendor.ts ${Object.keys(packages).join('|')} VERSION`);
  process.exit(1);
}

const [short, { name, licence, files }] = found;
const folder = mkdtempSync(join(tmpdir(), 'facade-vendor-'));
try {
  const packed = execFileSync('npm', ['pack', `${name}@${version}`, '--json', '--pack-destination', folder]);
  const [{ filename, integrity }] = JSON.parse(packed.toString());
  execFileSync('tar', ['xzf', join(folder, filename), '-C', folder]);
  const sha256: Record<string, string> = {};
  for (const [file, built] of Object.entries(files)) {
    const bytes = readFileSync(join(folder, 'package', built));
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    writeFileSync(join(vendor, `${file}.br`), brotliCompressSync(bytes, { params }));
    sha256[file] = createHash('sha256').update(bytes).digest('hex');
  }
  writeFileSync(
    join(vendor, `${short}.json`),
    `${JSON.stringify({ name, version, integrity, licence, sha256 }, null, 2)}\n`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
