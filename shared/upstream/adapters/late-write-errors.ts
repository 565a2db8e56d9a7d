/**
 * Keeps a failed write from closing a connection on which an answer may wait to be read. An upstream that answers before it has
 * read the whole request, and then closes, resets the connection: the next write fails, while the answer lies in the socket's
 * receive buffer. Node closes a socket at its first failed write.
 */
import type { Duplex } from 'node:stream';

/**
 * A reset also ends the reading side, after everything that came before it is read. This is for a side that does not
 * end.
 */
const mostWaitMillis = 2_000;

type WriteCallback = (error?: Error | null) => void;

const failures = new WeakMap<Duplex, Error>();

/** Why a write to this socket has failed, reported or not; undefined if none has. */
export const writeFailureOf = (socket: Duplex): Error | undefined => failures.get(socket);

/** Reports a failure when the reading side has ended, and a success at once. */
const tellLate =
  (socket: Duplex, told: WriteCallback): WriteCallback =>
  (error) => {
    if (error) failures.set(socket, error);
    if (!error || socket.readableEnded) return told(error);
    const tell = (): void => {
      clearTimeout(timer);
      socket.off('end', tell).off('close', tell);
      told(error);
    };
    const timer = setTimeout(tell, mostWaitMillis);
    socket.on('end', tell).on('close', tell);
  };

/** Makes `socket` report failed writes only when there is nothing more to read. Nothing else is written meanwhile. */
export const withLateWriteErrors = <Socket extends Duplex>(socket: Socket): Socket => {
  const write = socket._write.bind(socket);
  const writeAll = socket._writev?.bind(socket);
  socket._write = (chunk, encoding, told) => write(chunk, encoding, tellLate(socket, told));
  if (writeAll) socket._writev = (chunks, told) => writeAll(chunks, tellLate(socket, told));
  return socket;
};
