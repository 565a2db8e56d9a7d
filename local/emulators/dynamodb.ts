/** DynamoDB of the twin: dynalite in this process, or the dynoxide binary as a child process. */
import { join } from 'node:path';
import dynalite from 'dynalite';
import { startDynoxide } from './dynoxide.ts';
import { type Emulator, serveOnLoopback } from './loopback.ts';
import { claimFolder } from './state-folder.ts';

export type DynamoDbOptions = {
  readonly stateDir?: string | undefined;
  readonly port?: number | undefined;
  readonly engine?: 'dynalite' | 'dynoxide' | undefined;
};

/**
 * Starts DynamoDB on 127.0.0.1. Tables live in `stateDir`, or in memory without one.
 * dynalite has no UpdateTimeToLive, no transactions and no streams; neither engine removes expired items.
 * @throws Error when the port is taken, when another process uses the folder, or when dynoxide is not installed.
 */
export const startDynamoDb = (options: DynamoDbOptions = {}): Promise<Emulator> =>
  options.engine === 'dynoxide' ? startDynoxide(options) : startDynalite(options);

const startDynalite = async ({ stateDir, port }: DynamoDbOptions): Promise<Emulator> => {
  const release = claimFolder(stateDir);
  const tableMillis = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
  const server = dynalite({ ...(stateDir === undefined ? {} : { path: join(stateDir, 'tables') }), ...tableMillis });
  return serveOnLoopback(server, port, release);
};
