/** A reader of the documents: runs a command as it stands, against a twin. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll } from 'vitest';
import { useSharedTwin } from './shared-twin.ts';
import type { TestTwin } from './twin.ts';

type Shown = { readonly status: number; readonly body: string };

export type Reader = {
  readonly twin: TestTwin;
  /** Where commands run. */
  readonly folder: string;
  /** @throws Error with what the shell said when the command fails. */
  run(command: string, environment?: Record<string, string>): Promise<Shown>;
};

/** Gives the tests of this file, or of this `describe`, a reader with a folder of its own and the shared twin. */
export const useReader = (take: (reader: Reader) => void): void => {
  let twin: TestTwin;
  let demoIssuer: string;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signals-facade-docs-'));
    // Each answer ends with its status, and nothing is said about progress.
    await writeFile(join(folder, '.curlrc'), 'silent\nshow-error\nwrite-out = "\\n%{http_code}"\n');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  useSharedTwin((shared, _issuer, itsDemoIssuer) => {
    [twin, demoIssuer] = [shared, itsDemoIssuer];
  });

  /** Runs a command as written, with other ports. */
  const run = async (command: string, environment: Record<string, string> = {}): Promise<Shown> => {
    const here = command
      .replaceAll('http://127.0.0.1:4000', twin.url)
      .replaceAll('http://127.0.0.1:4010', twin.simulator.url)
      .replaceAll('http://127.0.0.1:4030', demoIssuer);
    const child = spawn('bash', ['-c', here], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, CURL_HOME: folder, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [[code], output, errors] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
    if (code !== 0) throw new Error(`${here}\nended with ${code}: ${errors}`);
    const end = output.lastIndexOf('\n');
    return { status: Number(output.slice(end + 1)), body: output.slice(0, end) };
  };

  beforeAll(() => take({ twin, folder, run }));
};
