/** .ci/test.ts, in a small project of its own with a test in each half. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/aws.ts';
import { isFull } from '../support/test-size.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const config = `export default { test: {
  reporters: ['default', './.ci/plain-summary.ts'],
  projects: ['parts', 'e2e'].map((name) => ({ test: { name, include: [name + '/*.test.mjs'] } })),
} };`;
const testThat = (body: string): string => `import { expect, it } from 'vitest'; it('adds up', () => ${body});`;

const createProject = async (parts: string, e2e: string): Promise<string> => {
  const folder = await temporaryFolder();
  await Promise.all(['parts', 'e2e', '.ci'].map((name) => mkdir(join(folder, name))));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const file of ['test.ts', 'plain-summary.ts']) await cp(join(root, '.ci', file), join(folder, '.ci', file));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'vitest.config.mjs'), config);
  await writeFile(join(folder, 'parts', 'one.test.mjs'), testThat(parts));
  await writeFile(join(folder, 'e2e', 'two.test.mjs'), testThat(e2e));
  return folder;
};

const run = async (folder: string, ...args: string[]) => {
  const child = spawn(process.execPath, [join(folder, '.ci', 'test.ts'), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], printed] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { code, printed };
};

describe('.ci/test.ts', () => {
  it('runs both halves, shows the failures of both at the end, and fails when the first does', async () => {
    const folder = await createProject('expect(1 + 1).toBe(2)', 'expect(1 + 1).toBe(3)');

    const { code, printed } = await run(folder);

    expect(code).toBe(1);
    expect(printed).toMatch(
      /✓ \|parts\| parts\/one\.test\.mjs[\s\S]*expected 2 to be 3[\s\S]*\n1 passed, 1 failed, 0 skipped\n$/,
    );
  });

  it.runIf(isFull)('fails when the second half does, and is vitest alone when it has arguments', async () => {
    const folder = await createProject('expect(1).toBe(2)', 'expect(1).toBe(1)');

    const [both, alone] = await Promise.all([run(folder), run(folder, '--project', 'e2e')]);

    expect(both).toMatchObject({ code: 1, printed: expect.stringMatching(/\n1 passed, 1 failed, 0 skipped\n$/) });
    expect(alone.code).toBe(0);
    expect(alone.printed).toMatch(/\n1 passed, 0 failed, 0 skipped\n$/);
    expect(alone.printed).not.toContain('|parts|');
  });
});
