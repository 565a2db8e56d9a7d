/** Python with the library requests, which users of the tenant write their scripts with. */
import { execFile, spawnSync } from 'node:child_process';

/** Only where a person runs the tests without it; in CI its absence is a failure. */
export const hasRequests = Boolean(process.env.CI) || spawnSync('python3', ['-c', 'import requests']).status === 0;
export const withoutRequests = 'python3 with the library requests is not installed (python3-requests of Debian)';

/** Runs a script. @throws Error with what it printed when its status is not 0. */
export const runPython = (script: string, environment: Readonly<Record<string, string>>): Promise<string> =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, ...environment, NO_PROXY: '127.0.0.1' };
    execFile('python3', [script], { env }, (error, stdout, stderr) =>
      error ? reject(new Error(`${stdout}${stderr}`)) : resolve(stdout),
    );
  });
