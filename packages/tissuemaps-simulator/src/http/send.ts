/** Writes a reply: JSON as the client wants it, bytes with their length, pieces without. A fault may slow the body or cut it off. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { writeJson } from '../json.ts';
import type { FaultRule } from './faults.ts';
import type { Reply } from './reply.ts';

/** Resolves when the socket has room again, or is closed. */
const roomIn = (response: ServerResponse) =>
  new Promise<void>((resolve) => {
    const finish = () => {
      response.off('drain', finish);
      response.off('close', finish);
      resolve();
    };
    response.on('drain', finish);
    response.on('close', finish);
  });

const isCompact = (request: IncomingMessage) =>
  String(request.headers['x-requested-with'] ?? '').toLowerCase() === 'xmlhttprequest';

const bytesOf = (request: IncomingMessage, { json, bytes }: Reply): Buffer => {
  if (json !== undefined) return Buffer.from(writeJson(json, isCompact(request)));
  return typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes ?? []);
};

const slowPieceBytes = 4096;

/** The bytes in order, in the pieces that a fault makes of them. */
function* piecesOf(chunk: Buffer, fault: FaultRule | undefined): Generator<Buffer> {
  if (fault?.kind !== 'slowBody' && fault?.kind !== 'cut') {
    yield chunk;
    return;
  }
  for (let from = 0; from < chunk.length; from += slowPieceBytes) yield chunk.subarray(from, from + slowPieceBytes);
}

/** Writes the chunks as the fault has it. Answers whether the body is whole. */
const writeAll = async (
  response: ServerResponse,
  chunks: Iterable<Buffer | string>,
  fault: FaultRule | undefined,
): Promise<boolean> => {
  let sentBytes = 0;
  for (const chunk of chunks) {
    for (const piece of piecesOf(Buffer.from(chunk), fault)) {
      if (response.destroyed) return false;
      if (fault?.kind === 'slowBody') await wait(fault.millis);
      const left = fault?.kind === 'cut' ? (fault.afterBytes ?? 0) - sentBytes : piece.length;
      sentBytes += piece.length;
      if (!response.write(piece.subarray(0, left))) await roomIn(response);
      if (left < piece.length) return false;
    }
  }
  return true;
};

const cut = (response: ServerResponse) =>
  new Promise<void>((resolve) => {
    // What was written travels first.
    response.write('', () => {
      response.destroy();
      resolve();
    });
  });

export const sendReply = async (
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  fault?: FaultRule,
): Promise<void> => {
  const bytes = reply.pieces === undefined ? bytesOf(request, reply) : undefined;
  response.writeHead(reply.status, {
    ...(reply.json === undefined ? {} : { 'content-type': 'application/json' }),
    ...(bytes === undefined ? {} : { 'content-length': bytes.length }),
    ...reply.headers,
  });
  if (request.method === 'HEAD' || (bytes !== undefined && fault === undefined)) {
    response.end(bytes);
    return;
  }
  const isWhole = await writeAll(response, reply.pieces ?? [bytes ?? Buffer.alloc(0)], fault);
  if (isWhole) response.end();
  else await cut(response);
};
