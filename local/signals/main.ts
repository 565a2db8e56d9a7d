/** Starts the simulator alone: `SIGNALS_PORT` (default 4010) on loopback, `--coverage` to list what it simulates. */

import { coverageReport } from './coverage.ts';
import { demoKey } from './options.ts';
import { startSimulator } from './simulator.ts';

const readPort = (): number => {
  const text = process.env.SIGNALS_PORT ?? '4010';
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`SIGNALS_PORT must be a port number, not "${text}".`);
};

const explain = (cause: unknown): string => {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return `Port ${readPort()} is in use: stop what listens there, or set SIGNALS_PORT to a free one.`;
  return message;
};

const run = async () => {
  if (process.argv.includes('--coverage')) {
    console.log(coverageReport());
    return;
  }
  const simulator = await startSimulator({ port: readPort() });
  const stop = () => {
    simulator.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(`Signals simulator  ${simulator.url}/api/rest/v1.0`);
  console.log(`x-api-key          ${demoKey}`);
  console.log('ready');
};

run().catch((cause: unknown) => {
  console.error(explain(cause));
  process.exitCode = 1;
});
