/** DynamoDB of the twin: dynalite in this process, or the dynoxide binary as a child process. */
import dynalite from 'dynalite';
import { startDynoxide } from './dynoxide.ts';
import { closeServer, type Emulator, listenOnLoopback, once, openFolder } from './loopback.ts';

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
  if (stateDir !== undefined) await openFolder(stateDir);
  const tableMillis = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
  const server = dynalite({ ...(stateDir === undefined ? {} : { path: stateDir }), ...tableMillis });
  const url = await listenOnLoopback(server, port);
  return { url, close: once(() => closeServer(server)) };
};
