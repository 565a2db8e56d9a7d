import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startEmulators } from '../../../local/emulators/emulators.ts';
import { claimFolder } from '../../../local/emulators/state-folder.ts';
import { closedAfterTest, temporaryFolder } from '../../support/aws.ts';

describe('claimFolder', () => {
  it('refuses a folder that is in use, until it is released', async () => {
    const folder = await temporaryFolder();
    const release = claimFolder(folder);
    expect(() => claimFolder(folder)).toThrow(`is in use by process ${process.pid}`);
    release();
    claimFolder(folder)();
  });

  it('refuses the folder of another process that runs, and takes over that of one that ended', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'in-use-by.pid'), String(process.ppid));
    expect(() => claimFolder(folder)).toThrow(`is in use by process ${process.ppid}`);
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await writeFile(join(folder, 'in-use-by.pid'), String(pid));
    claimFolder(folder)();
  });

  it('keeps a second twin off the state of the first, which goes on', async () => {
    const stateDir = await temporaryFolder();
    const { endpoints } = await closedAfterTest(startEmulators({ stateDir }));
    await expect(startEmulators({ stateDir })).rejects.toThrow('is in use by process');
    expect((await fetch(`${endpoints.sqs}/health`)).status).toBe(200);
  });
});
