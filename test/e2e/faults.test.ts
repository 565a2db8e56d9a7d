import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, inject, it, onTestFinished } from 'vitest';
import type { Result } from '../../bench/question.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { isFull } from '../support/test-size.ts';

const runner = fileURLToPath(new URL('../../bench/run.ts', import.meta.url));

// It starts a twin of its own, which costs as much as five other files: bench/faults has tests of its parts.
it.runIf(isFull)(
  'npm run bench:faults -- --quick plays a fault on the whole twin and finds every promise kept',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'facade-faults-test-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const env = { ...process.env, FAULTS_ASSEMBLY: inject('assemblyDir') };
    await promisify(execFile)(process.execPath, [runner, 'faults', '--quick', '--out', folder], { env });
    const { tables, broken } = JSON.parse(await readFile(join(folder, 'faults.json'), 'utf8')) as Result;
    expect(broken).toEqual([]);
    const [row] = tables.find(({ name }) => name === 'promises')?.rows ?? [];
    expect(row).toMatchObject({
      overshoot: 0,
      eventsMissing: 0,
      eventsTwice: 0,
      writesLost: 0,
      writesTwice: 0,
      auditMissing: 0,
    });
    // The load was there, so that nothing could not be lost for want of anything.
    for (const name of nonEmpty(['events', 'writes'])) expect(Number(row?.[name])).toBeGreaterThan(3);
  },
);
