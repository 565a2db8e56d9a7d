/**
 * node .ci/vendor-scalar.ts VERSION: takes the built file of @scalar/api-reference into `functions/documents/vendor`,
 * compressed. As a dependency, that package would bring 165 MB of others, which this one file already contains.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const name = '@scalar/api-reference';
const built = 'package/dist/browser/standalone.js';
const vendor = fileURLToPath(new URL('../functions/documents/vendor', import.meta.url));

const [version] = process.argv.slice(2);
if (!version) {
  console.error('Usage: node .ci/vendor-scalar.ts VERSION');
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'facade-vendor-'));
try {
  const packed = execFileSync('npm', ['pack', `${name}@${version}`, '--json', '--pack-destination', folder]);
  const [{ filename, integrity }] = JSON.parse(packed.toString());
  execFileSync('tar', ['xzf', join(folder, filename), '-C', folder, built]);
  const bytes = readFileSync(join(folder, built));
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  writeFileSync(join(vendor, 'scalar.js.br'), brotliCompressSync(bytes, { params }));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(
    join(vendor, 'scalar.json'),
    `${JSON.stringify({ name, version, integrity, licence: 'MIT', sha256 }, null, 2)}\n`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
