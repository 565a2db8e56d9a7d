/** Bodies of requests: JSON, which needs the content type application/json, and multipart files. */
import type { IncomingMessage } from 'node:http';
import { Busboy, type BusboyFileStream, type BusboyHeaders } from '@fastify/busboy';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { badJson, malformed, tooLarge, unforeseen } from './refusals.ts';

/** The limit of the deployed web server. */
const mostBodyBytes = 104_857_600;

export const readBytes = async (request: IncomingMessage): Promise<Buffer> => {
  if (Number(request.headers['content-length'] ?? 0) > mostBodyBytes) throw tooLarge();
  const pieces: Buffer[] = [];
  let sizeBytes = 0;
  for await (const piece of request) {
    sizeBytes += piece.length;
    if (sizeBytes > mostBodyBytes) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
};

/** Nothing when there is no body, or one of another content type, as the server reads it. */
export const readJsonBody = async (request: IncomingMessage): Promise<JsonObject | undefined> => {
  const bytes = await readBytes(request);
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json' || bytes.length === 0) return undefined;
  try {
    const value = JSON.parse(bytes.toString('utf8')) as Json;
    return isObject(value) ? value : {};
  } catch {
    throw badJson();
  }
};

/** Takes the file of a part named `file`. It gets the name first, and decides whether it wants the bytes. */
export type FileTaker<T> = (name: string, read: () => Promise<Buffer>) => Promise<T>;

const collect = async (stream: BusboyFileStream): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  if (stream.truncated) throw tooLarge();
  return Buffer.concat(pieces);
};

const createParser = (request: IncomingMessage) => {
  try {
    return new Busboy({ headers: request.headers as BusboyHeaders, limits: { fileSize: mostBodyBytes } });
  } catch {
    throw malformed('The request has no body of multipart/form-data.');
  }
};

/** Reads a multipart body while it arrives. @throws Refusal 400 when it has no file named `file`. */
export const takeFile = async <T>(request: IncomingMessage, take: FileTaker<T>): Promise<T> => {
  if (Number(request.headers['content-length'] ?? 0) > mostBodyBytes) throw tooLarge();
  const parser = createParser(request);
  return new Promise<T>((resolve, reject) => {
    let taken: Promise<T> | undefined;
    parser.on('file', (field, stream, name) => {
      const isWanted = field === 'file' && name !== undefined && taken === undefined;
      if (!isWanted) {
        stream.resume();
        return;
      }
      request.on('aborted', () => stream.destroy(new Error('The client went away.')));
      let isRead = false;
      const read = () => {
        isRead = true;
        return collect(stream);
      };
      taken = take(name, read);
      // A file that nobody wants is read to its end, so that the answer reaches the client.
      if (!isRead) stream.resume();
      taken.catch(reject);
    });
    parser.on('finish', () => {
      if (taken === undefined) reject(malformed('The request has no file in a part "file".'));
      else taken.then(resolve, reject);
    });
    parser.on('error', () => reject(malformed('The body is not multipart/form-data.')));
    request.on('aborted', () => reject(unforeseen()));
    request.pipe(parser);
  });
};
