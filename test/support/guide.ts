/** Runs the commands of a document in one shell, from top to bottom, as a reader does. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stepsOf } from './snippets.ts';
import type { TestTwin } from './twin.ts';

/** What the commands of one section printed. */
export type Step = {
  /** Of each answer, in order. */
  readonly statuses: readonly number[];
  readonly lines: readonly string[];
};

const mark = '-- end of a step --';
// A command that fails ends the guide. Pauses between polls are shorter than those of readers.
const beginning = 'set -eu\nsleep() { command sleep 0.1; }\n';

const partsOf = (output: string): string[][] =>
  output.split(mark).map((part) => part.split('\n').filter((line) => line.trim() !== ''));

/** A twin's addresses in place of those that `npm start` has. */
const withAddressesOf =
  ({ url, simulator, endpoints }: TestTwin) =>
  (commands: string): string =>
    commands
      .replaceAll('http://127.0.0.1:4000', url)
      .replaceAll('http://127.0.0.1:4010', simulator.url)
      .replaceAll('http://127.0.0.1:4020', endpoints.sqs);

/**
 * @param cwd where the reader's shell is; a new folder unless given.
 * @throws Error with what the shell said when a command fails.
 */
export const runGuide = async (file: string, twin: TestTwin, cwd?: string): Promise<ReadonlyMap<string, Step>> => {
  const steps = stepsOf(file);
  const folder = await mkdtemp(join(tmpdir(), 'signals-facade-guide-'));
  // Each answer ends with its status, beside the document.
  await writeFile(join(folder, '.curlrc'), 'write-out = "\\n%{stderr}%{http_code}\\n"\n');
  const script = steps.map(([, commands]) => `${commands}\necho '${mark}'\necho '${mark}' >&2\n`).join('');
  const child = spawn('bash', ['-c', beginning + withAddressesOf(twin)(script)], {
    cwd: cwd ?? folder,
    env: {
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      HOME: folder,
      CURL_HOME: folder,
      TMPDIR: folder,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], output, errors] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  await rm(folder, { recursive: true, force: true });
  if (code !== 0) throw new Error(`${file} ended with ${code}: ${output}\n${errors}`);
  const [lines, statuses] = [partsOf(output), partsOf(errors)];
  return new Map(
    steps.map(([heading], index) => [
      heading,
      { lines: lines[index] ?? [], statuses: (statuses[index] ?? []).map(Number) },
    ]),
  );
};
