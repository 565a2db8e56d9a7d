/**
 * Keeps a failed write from closing a connection on which an answer may wait to be read. An upstream that answers before it has
 * read the whole request, and then closes, resets the connection: the next write fails, while the answer lies in the socket's
 * receive buffer. Node closes a socket at its first failed write.
 */
import type { Duplex } from 'node:stream';

/** A reset ends the reading side too, as soon as all is read that came before it. This is for a side that does not end. */
const mostWaitMillis = 2_000;

type Told = (error?: Error | null) => void;

const failures = new WeakMap<Duplex, Error>();

/** Why a write to this socket has failed, told or not; undefined while none has. */
export const writeFailureOf = (socket: Duplex): Error | undefined => failures.get(socket);

/** Tells a failure once the reading side has ended; a success at once. */
const tellLate =
  (socket: Duplex, told: Told): Told =>
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

/** Makes `socket` tell failures of writes only when there is nothing more to read. Nothing else is written meanwhile. */
export const withLateWriteErrors = <Socket extends Duplex>(socket: Socket): Socket => {
  const write = socket._write.bind(socket);
  const writeAll = socket._writev?.bind(socket);
  socket._write = (chunk, encoding, told) => write(chunk, encoding, tellLate(socket, told));
  if (writeAll) socket._writev = (chunks, told) => writeAll(chunks, tellLate(socket, told));
  return socket;
};
