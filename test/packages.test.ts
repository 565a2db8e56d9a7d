/** Each package for others packs, installs in an empty folder without the facade, and runs there. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeArchive } from '../packages/archive-verify/test/archive-builder.ts';
import { useClientPackage } from '../packages/client/test/product.ts';
import { useSimulatorPackage } from '../packages/signals-simulator/test/product.ts';
import { useTissuemapsPackage } from '../packages/tissuemaps-simulator/test/product.ts';
import { environment, installed, root, run } from './support/packed.ts';
import { isFull } from './support/test-size.ts';

const packages = await readdir(join(root, 'packages'));

const refusal = async (outcome: Promise<unknown>) => {
  const { code, stdout, stderr } = (await outcome.then(
    () => ({}),
    (error: unknown) => error,
  )) as Refusal;
  return { code, stdout, stderr };
};
type Refusal = { readonly code?: number; readonly stdout?: string; readonly stderr?: string };

/** What each package does once it is installed, by its folder. */
const uses: Readonly<Record<string, (folder: string) => Promise<void>>> = {
  'archive-verify': async (folder) => {
    const bin = join(folder, 'node_modules', '.bin', 'archive-verify');
    const verify = (...args: string[]) => run(bin, args, { env: environment });
    expect((await verify('--version')).stdout).toBe('0.1.0\n');
    const archive = await writeArchive(3);
    expect((await verify(archive.folder, '--public-key', archive.keyFile)).stdout).toMatch(/result +WHOLE/);
    await rm(join(archive.folder, 'heads'), { recursive: true });
    expect(await refusal(verify(archive.folder))).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^fault head-missing/),
    });
    expect(await refusal(verify('--bucket', 'any'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('npm install @aws-sdk/client-s3'),
    });
  },
  client: useClientPackage,
  'signals-simulator': useSimulatorPackage,
  'tissuemaps-simulator': useTissuemapsPackage,
};

describe('a package', () => {
  // npm takes half a minute on a busy machine: full size only.
  it.runIf(isFull).each(packages)('%s packs, installs in an empty folder and runs there', async (source) => {
    const use = uses[source];
    if (!use) throw new Error(`Say in this test what ${source} does once it is installed.`);
    const { name } = JSON.parse(await readFile(join(root, 'packages', source, 'package.json'), 'utf8'));
    const folder = await installed(name);
    const files = await readdir(join(folder, 'node_modules', name));
    expect(files.sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json']);
    const { dependencies } = JSON.parse(await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8'));
    expect(dependencies).toBeUndefined();
    await use(folder);
  });
});
