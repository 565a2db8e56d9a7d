/** The state folder: one twin at a time, and one line for each reason that makes it unusable. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startEmulators } from '../../../local/emulators/emulators.ts';
import { TwinError } from '../../../local/gateway/twin-error.ts';
import { explainState, prepareState, withKeptState } from '../../../local/start/state.ts';
import { temporaryFolder } from '../../support/aws.ts';

const messageOf = async (failing: Promise<unknown>): Promise<string> => {
  const error = await failing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TwinError);
  return (error as Error).message;
};

describe('the state folder', () => {
  it('is refused to a second twin until the first one has ended', async () => {
    const stateDir = await temporaryFolder();
    const release = await prepareState(stateDir, false);

    const message = await messageOf(prepareState(stateDir, true));
    await release();
    const again = await prepareState(stateDir, false);
    await again();

    expect(message).toMatch(
      / is in use by another twin \(process \d+\)\. Fix: stop that one, or [^\n]*--state DIR[^\n]*$/,
    );
  });

  it('loses what a former twin left, and nothing else, when it is to be fresh', async () => {
    const stateDir = await temporaryFolder();
    await writeFile(join(stateDir, 'key-ids.json'), '{}');
    await writeFile(join(stateDir, 'mine.txt'), 'mine');

    const release = await prepareState(stateDir, true);
    await release();

    expect(existsSync(join(stateDir, 'key-ids.json'))).toBe(false);
    expect(existsSync(join(stateDir, 'mine.txt'))).toBe(true);
  });

  it('is refused in one line when it is a file or lies below one', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');

    const messages = [await messageOf(prepareState(file, false)), await messageOf(prepareState(join(file, 'x'), true))];

    for (const message of messages)
      expect(message).toMatch(/^The state folder .* is.* a file\. Fix: [^\n]*--state DIR/);
    expect(messages).toHaveLength(2);
  });

  it.each(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOENT', 'ENAMETOOLONG', 'LEVEL_DATABASE_NOT_OPEN'])(
    'gives one line that says what to do when the system says %s',
    (code) => {
      const explained = explainState('/somewhere', Object.assign(new Error(`${code}: mkdir`), { code }));

      expect(explained).toBeInstanceOf(TwinError);
      expect((explained as Error).message).toMatch(
        /^The state folder \/somewhere [^\n]* Fix: [^\n]*--state DIR[^\n]*$/,
      );
      expect((explained as Error).message).toContain(code);
    },
  );

  it.each([
    ['kms/keys.json', 'not JSON'],
    ['kms/keys.json', '{"version":"another"}'],
    ['sqs/fauxqs.db', 'no database'],
  ])('is named with the way out when %s cannot be read (%s)', async (path, text) => {
    const stateDir = await temporaryFolder();
    await mkdir(join(stateDir, path, '..'), { recursive: true });
    await writeFile(join(stateDir, path), text);
    const start = () => startEmulators({ stateDir }).then((emulators) => emulators.close());

    const message = await messageOf(withKeptState({ stateDir, isFresh: false }, start));

    expect(message).toMatch(/^The state (kept in|folder) [^\n]* Fix: [^\n]*$/);
    expect(message).toMatch(/--fresh|--state DIR/);
  });

  it('is not blamed for a failure when it is fresh', async () => {
    const broken = new Error('broken');

    const failing = withKeptState({ stateDir: '/somewhere', isFresh: true }, () => Promise.reject(broken));

    await expect(failing).rejects.toBe(broken);
  });
});
