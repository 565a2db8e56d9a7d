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
  const refused = {
    'shared/cache/topic.ts': "import { bareId } from '../signals/cache/entity-id.ts';",
    'shared/audit/type.ts': "import type { X } from '../signals/signals.ts';",
    'shared/quota/adapters/adapter.ts': "import { x } from '../../signals/signals.ts';",
    'shared/quota/side-effect.ts': "import '../signals/signals.ts';",
    'shared/quota/late.ts': "const x = await import('../signals/signals.ts');",
    'shared/tissuemaps/upstream.ts': "import { x } from '../signals/signals.ts';",
    'functions/edge/edge.ts': signals,
    'functions/function.ts': "import { x } from '../shared/signals/signals.ts';",
  };
  const allowed = {
    'functions/wiring/wiring.ts': signals,
    'functions/house.ts': "import { x } from '../shared/signals/signals.ts';",
    'shared/signals/itself.ts': "import { x } from './signals.ts';",
    'shared/signals/cache/rules.ts': "import { x } from '../signals.ts';",
  };

  it('refuses that topics, adapters, functions and other upstreams lean on Signals, and nothing else', async () => {
    const { code, said } = await check({ ...sound, ...allowed, ...refused });
    expect(code).toBe(1);
    const files = [...said.matchAll(/^(\S+) imports shared\/signals\//gm)].map(([, file]) => file);
    expect(files.toSorted()).toEqual(Object.keys(refused).toSorted());
    expect(said).toContain('take what they need from the record');
  });

  it('lets the wiring, the composition root and Signals itself', async () => {
    expect(await check({ ...sound, ...allowed })).toMatchObject({ code: 0 });
  });

  it('refuses topics that lean on each other', async () => {
    const { code, said } = await check({ ...sound, 'shared/http/b.ts': "import { a } from '../cache/a.ts';" });
    expect(code).toBe(1);
    expect(said).toContain('in a circle');
  });
});
