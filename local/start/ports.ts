/** Whether a port is free, found out before anything slow begins. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { TwinError } from '../gateway/twin-error.ts';

const problems: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use. Fix: stop what listens there, or',
  EACCES: 'needs more rights than you have. Fix:',
};

/** @throws TwinError when a server cannot listen on this port of 127.0.0.1. `variable` names the variable that changes the port. */
export const checkPortIsFree = async (port: number, variable: string): Promise<void> => {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    const problem = problems[error.code ?? ''];
    if (!problem) throw error;
    throw new TwinError(
      `Port ${port} ${problem} set ${variable} to a free port, such as ${variable}=${port < 60_000 ? port + 1000 : 4000}.`,
    );
  });
  server.close();
  await once(server, 'close');
};
