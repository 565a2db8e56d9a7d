/** Scripts as users write them, in Python and TypeScript: they run against the tenant and against the facade, and find the same. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { demoKey } from '../../packages/signals-simulator/src/options.ts';
import { hasRequests, runPython, withoutRequests } from '../support/python.ts';
import { useSharedTwin } from '../support/shared-twin.ts';
import type { TestTwin } from '../support/twin.ts';

let twin: TestTwin;
useSharedTwin((shared) => {
  twin = shared;
});

type Environment = Readonly<Record<string, string>>;
type Run = (script: string, environment: Environment) => Promise<string>;

const runNode: Run = async (script, environment) => {
  const env = { ...process.env, ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    env,
  });
  return stdout;
};
const pathOf = (name: string) => fileURLToPath(new URL(`clients/${name}`, import.meta.url));

/** What a script prints, a line for each fact: of the tenant itself, then through the facade. */
const runBoth = async (run: Run, name: string): Promise<[string[], string[]]> => {
  const linesAt = async (SIGNALS_URL: string, SIGNALS_API_KEY: string, RUN: string) =>
    (await run(pathOf(name), { SIGNALS_URL, SIGNALS_API_KEY, RUN })).trimEnd().split('\n');
  return [await linesAt(twin.simulator.url, demoKey, 'direct'), await linesAt(twin.url, 'demo-app', 'through')];
};

describe('a script of a user', () => {
  it('in Python with requests finds the same in the tenant and through the facade', async ({ skip }) => {
    skip(!hasRequests, withoutRequests);
    const [direct, through] = await runBoth(runPython, 'report.py');
    expect(direct).toEqual([
      'release 26.8.0',
      'me Ada',
      'notebooks 7 True',
      'users 12 12',
      'created open True',
      'uploaded 201 uploadedResource Messwerte größer.csv',
      'exported True True',
      'row red 201',
      'row blue 201',
      "rows ['red', 'blue']",
      'table True',
      'change current 200',
      'change stale 428',
      'description écrit par un script',
      'found [True]',
      "children [('grid', 'Colours'), ('uploadedResource', 'Messwerte größer.csv')]",
      'asset  0003',
      'drawing image/svg+xml',
      'notifications True',
      'missing 404 NotFound',
      'removed 204',
      'trashed True',
    ]);
    expect(through).toEqual(direct);
  });

  it('in TypeScript with fetch finds the same in the tenant and through the facade', async () => {
    const [direct, through] = await runBoth(runNode, 'report.ts');
    expect(direct).toEqual([
      'me Ada',
      'notebooks 7 true',
      'created 201 open',
      'uploaded 201 text',
      'exported true',
      'search 200 true',
      'renamed 200 428',
      'name true',
      'parallel true',
      'refused 400 BadRequest',
      'removed 204',
    ]);
    expect(through).toEqual(direct);
  });
});
