/** npm run check: format and lint, types, topics, time budgets of tests, unused code, and a synthesized stack without findings. All run; each failure is shown. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const checks: readonly (readonly [name: string, command: string, ...arguments_: string[]])[] = [
  ['format and lint', 'biome', 'ci', '--error-on-warnings', '.'],
  ['types', 'tsc', '-p', '.'],
  ['types of the client', 'tsc', '-p', 'packages/client', '--noEmit', '--emitDeclarationOnly', 'false'],
  ['types of its tests', 'tsc', '-p', 'packages/client/test'],
  ['topics', 'node', '.ci/topics.ts'],
  ['time budgets', 'node', '.ci/time-budgets.ts'],
  ['unused code', 'knip'],
  ['synth with cdk-nag', 'node', 'infra/synth.ts'],
];

type Outcome = { readonly name: string; readonly passed: boolean; readonly output: string; readonly seconds: number };

const run = ([name, command, ...rest]: (typeof checks)[number]): Promise<Outcome> =>
  new Promise((resolve) => {
    const start = performance.now();
    const child = spawn(command, rest, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const end = (passed: boolean): void =>
      resolve({ name, passed, output, seconds: (performance.now() - start) / 1_000 });
    child.on('error', (error) => {
      output += error.message;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });

const outcomes: Outcome[] = [];
for (const check of checks) {
  const outcome = await run(check);
  outcomes.push(outcome);
  console.log(`${outcome.passed ? 'ok  ' : 'FAIL'} ${outcome.name} (${outcome.seconds.toFixed(1)} s)`);
  if (!outcome.passed) console.log(outcome.output);
}
if (outcomes.some(({ passed }) => !passed)) process.exitCode = 1;
