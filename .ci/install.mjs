// Installs what the lock file names, once for each lock file, and says how far it is: npm alone is silent for minutes.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const lineEveryMillis = 5_000;

const mayBe = (list, own) => list === undefined || [list].flat().includes(own);

/** Folders that npm fills on this platform, as the lock file has them: `node_modules/zod`, ... */
const packageFolders = (lock, platform = process.platform, arch = process.arch) =>
  Object.entries(lock.packages ?? {})
    .filter(([folder, { os, cpu }]) => folder !== '' && mayBe(os, platform) && mayBe(cpu, arch))
    .map(([folder]) => folder);

/** What npm cannot read either is left for npm to complain about. */
const readLock = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};

/** Tells how many packages there are: on a terminal in one line that changes, elsewhere in a line every 5 s. */
const watchProgress = (root, folders) => {
  const startMillis = Date.now();
  const { isTTY } = process.stderr;
  const describe = () => {
    const present = folders.filter((folder) => existsSync(join(root, folder, 'package.json'))).length;
    return `  ${present} of about ${folders.length} packages, ${Math.round((Date.now() - startMillis) / 1000)} s`;
  };
  const show = () => process.stderr.write(isTTY ? `\r${describe()} ` : `${describe()}\n`);
  const timer = setInterval(show, isTTY ? 500 : lineEveryMillis);
  return () => {
    clearInterval(timer);
    show();
    if (isTTY) process.stderr.write('\n');
  };
};

const npmCi = (root) =>
  new Promise((resolve, reject) => {
    // The registry's warnings about engines concern npm's own Node; what we run is Node 24.
    const flags = ['ci', '--loglevel=error', '--no-progress'];
    const npm = spawn('npm', flags, { cwd: root, stdio: ['ignore', 'ignore', 2], shell: process.platform === 'win32' });
    npm.on('error', (error) => reject(new Error(`npm does not run (${error.code}). Fix: put npm into PATH.`)));
    npm.on('exit', (code) => {
      if (code === 0) return resolve();
      reject(new Error("npm ci failed. Fix: read the lines above; behind a proxy, set npm's registry first."));
    });
  });

/** @throws Error whose message is one line for the person at the terminal. */
export const installPackages = async (root) => {
  const text = readFileSync(join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(text).digest('hex');
  const stamp = join(root, 'node_modules', '.installed-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  console.error('Installing dependencies (npm ci), once for this lock file ...');
  const stop = watchProgress(root, packageFolders(readLock(text.toString())));
  await npmCi(root).finally(stop);
  writeFileSync(stamp, hash);
};
