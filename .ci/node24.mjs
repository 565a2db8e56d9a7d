// Runs a script of this project on Node 24, the major of the Lambda runtime, after installing what the lock file names.
// Plain JavaScript without imports from node_modules: it is the first thing to run on a fresh clone, on Node 20 or later.
//   node .ci/node24.mjs <script> [arguments]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.installed-lock');

const fail = (line) => {
  console.error(line);
  process.exit(1);
};

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
const isInstalled = (hash) => existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;

const install = () => {
  const hash = lockHash();
  if (isInstalled(hash)) return;
  console.error('Installing dependencies (npm ci), once for this lock file ...');
  const windows = process.platform === 'win32';
  // The registry's warnings about engines concern npm's own Node; what we run is Node 24.
  const npm = spawnSync('npm', ['ci', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2], shell: windows });
  if (npm.status !== 0) fail("npm ci failed. Mend: read the lines above; behind a proxy, set npm's registry first.");
  writeFileSync(stamp, hash);
};

/** The Node 24 that the lock file brings, else the one that runs this script when it is new enough. */
const node24 = () => {
  const bundled = join(bin, 'node');
  if (existsSync(bundled)) return bundled;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return fail(
    `No Node 24 package exists for ${process.platform}-${process.arch}. Mend: run this with Node 24 or later.`,
  );
};

install();
const [script, ...rest] = process.argv.slice(2);
if (!script) fail('Usage: node .ci/node24.mjs <script> [arguments]');
const child = spawn(node24(), ['--disable-warning=ExperimentalWarning', script, ...rest], {
  stdio: 'inherit',
  env: { ...process.env, PATH: bin + delimiter + (process.env.PATH ?? '') },
});
// Ctrl-C reaches the whole group; this process only waits so that the child can tidy up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
