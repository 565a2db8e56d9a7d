/**
 * npm run operator: administration of a stage. `--help` lists all commands. They are of two families: stage-commands.ts works on AWS resources,
 * api/nouns.ts calls the routes of the stage.
 */
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from './api/host.ts';
import { createOutput } from './api/output.ts';
import { readSecret } from './read-secret.ts';
import { runOperator } from './run-operator.ts';

const readLine = async (question: string): Promise<string> => {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await prompt.question(question);
  } finally {
    prompt.close();
  }
};

const host: Host = {
  env: process.env,
  stdout: createOutput(process.stdout),
  stderr: createOutput(process.stderr),
  canAsk: process.stdin.isTTY === true,
  canShow: process.stdout.isTTY === true,
  readSecret,
  readLine,
  fetch,
  // The AWS clients are loaded only for a stage that is named.
  findStageUrl: async (stage, region) => (await import('./find-stage.ts')).findStageUrl(stage, region),
  pause: (millis) => sleep(millis),
  nowMillis: Date.now,
  newId: randomUUID,
};

process.exitCode = await runOperator(process.argv.slice(2), host);
