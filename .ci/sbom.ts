/** npm run sbom [-- FILE]: every package of the lock file, and what is vendored, as a CycloneDX document, without the network. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../shared/storage/make-folder.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const fail = (line: string): never => {
  console.error(line);
  process.exit(1);
};

const [file, ...others] = process.argv.slice(2);
if (file?.startsWith('-') || others.length > 0) fail('Usage: npm run sbom -- [FILE]');
const path = file === undefined ? join(root, 'dist', 'sbom.cdx.json') : resolve(process.env.INIT_CWD ?? '.', file);

const attempt = (write: () => void): void => {
  try {
    write();
  } catch (error) {
    fail(`${(error as Error).message}. Fix: name a file that can be written: npm run sbom -- FILE.`);
  }
};
attempt(() => makeFolder(dirname(path)));

const npm = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--offline'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1_048_576,
  shell: process.platform === 'win32',
});
if (npm.status !== 0)
  fail(
    `npm sbom failed: ${(npm.stderr || npm.error?.message || '').trim()}\nFix: use npm 10 or later, and run npm ci once.`,
  );

const document = JSON.parse(npm.stdout);
// npm names the project and the packages of its workspaces after their folders. The reference has the name and the version.
for (const component of [document.metadata.component, ...document.components])
  component.name = component['bom-ref'].slice(0, component['bom-ref'].lastIndexOf('@'));

const vendor = join(root, 'functions', 'documents', 'vendor');
for (const file of readdirSync(vendor).filter((name) => name.endsWith('.json'))) {
  const { name, version, integrity, licence } = JSON.parse(readFileSync(join(vendor, file), 'utf8'));
  const content = Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex');
  document.components.push({
    'bom-ref': `${name}@${version}`,
    ...{ type: 'library', name, version, scope: 'required' },
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    hashes: [{ alg: 'SHA-512', content }],
    licenses: [{ license: { id: licence } }],
  });
}

attempt(() => writeFileSync(path, `${JSON.stringify(document, null, 2)}\n`));
console.log(`${document.components.length} packages are in ${path}`);
