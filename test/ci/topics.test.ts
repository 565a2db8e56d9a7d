/** .ci/topics.ts, part of npm run check: which imports it refuses. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';

const script = fileURLToPath(new URL('../../.ci/topics.ts', import.meta.url));

/** A project of these files, and what the check says about it. */
const check = async (files: Readonly<Record<string, string>>): Promise<{ code: number; said: string }> => {
  const folder = await mkdtemp(join(tmpdir(), 'topics-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return new Promise((resolve) => {
    execFile(process.execPath, [script, folder], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    );
  });
};

/** One import between topics that is allowed, so that there is something to look at. */
const sound = { 'shared/cache/a.ts': "import { b } from '../http/b.ts';" };
const signals = "import { createSignalsUpstream } from '../../shared/signals/signals.ts';";

describe('the check of topics', () => {
  it.each([
    ['a topic', 'shared/cache/x.ts', "import { bareId } from '../signals/cache/entity-id.ts';"],
    ['a type of a topic', 'shared/audit/x.ts', "import type { X } from '../signals/signals.ts';"],
    ['an adapter', 'shared/quota/adapters/x.ts', "import { x } from '../../signals/signals.ts';"],
    ['a side effect', 'shared/quota/x.ts', "import '../signals/signals.ts';"],
    ['a late import', 'shared/quota/x.ts', "const x = await import('../signals/signals.ts');"],
    ['one upstream of another', 'shared/tissuemaps/x.ts', "import { x } from '../signals/signals.ts';"],
    ['the edge', 'functions/edge/x.ts', signals],
    ['a function', 'functions/x.ts', "import { x } from '../shared/signals/signals.ts';"],
  ])('refuses that %s leans on Signals', async (_who, file, text) => {
    const { code, said } = await check({ ...sound, [file]: text });
    expect(code).toBe(1);
    expect(said).toContain(`${file} imports shared/signals/`);
    expect(said).toContain('take what they need from the record');
  });

  it.each([
    ['the wiring', 'functions/wiring/x.ts', signals],
    ['the composition root', 'functions/house.ts', "import { x } from '../shared/signals/signals.ts';"],
    ['Signals itself', 'shared/signals/x.ts', "import { x } from './signals.ts';"],
    ['the rules of Signals', 'shared/signals/cache/x.ts', "import { x } from '../signals.ts';"],
  ])('lets %s', async (_who, file, text) => {
    expect(await check({ ...sound, [file]: text })).toMatchObject({ code: 0 });
  });

  it('refuses topics that lean on each other', async () => {
    const { code, said } = await check({ ...sound, 'shared/http/b.ts': "import { a } from '../cache/a.ts';" });
    expect(code).toBe(1);
    expect(said).toContain('in a circle');
  });
});
