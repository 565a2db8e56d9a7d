/** Keeps connections, but not so long that they may be dead when they are used again. */
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { withLateWriteErrors } from './late-write-errors.ts';

/** Remembers since when each connection is idle. */
const createPool = (agent: http.Agent, reuseMillis: number) => {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, created) => {
    const socket = connect(options, created);
    return socket && withLateWriteErrors(socket);
  };
  const idleSince = new WeakMap<Socket, number>();
  agent.on('free', (socket: Socket) => idleSince.set(socket, Date.now()));
  const dropAged = (): void => {
    for (const sockets of Object.values(agent.freeSockets)) {
      for (const socket of sockets ?? []) {
        if (Date.now() - (idleSince.get(socket) ?? 0) > reuseMillis) socket.destroy();
      }
    }
  };
  return { agent, dropAged };
};

/** @param reuseMillis an idle connection older than this is closed instead of being used again. */
export const createAgents = (reuseMillis: number) => {
  const options = { keepAlive: true, maxSockets: 256, scheduling: 'lifo' as const };
  const plain = createPool(new http.Agent(options), reuseMillis);
  const secure = createPool(new https.Agent(options), reuseMillis);
  return {
    /** The agent for the next request, without connections that waited too long. */
    take(protocol: string): http.Agent {
      const pool = protocol === 'https:' ? secure : plain;
      pool.dropAged();
      return pool.agent;
    },
    close(): void {
      plain.agent.destroy();
      secure.agent.destroy();
    },
  };
};
