/** The server's own surface: finds the route, checks the token, reads the body, and answers. */
import type { IncomingMessage } from 'node:http';
import { userOfToken } from '../auth/token.ts';
import { routes } from '../routes/routes.ts';
import { settle } from '../workflow/settle.ts';
import type { World } from '../world/world.ts';
import { readBytes, readJsonBody } from './body.ts';
import { readQuery } from './query.ts';
import { Refusal, unforeseen, unknownPath, wrongMethod } from './refusals.ts';
import type { Reply } from './reply.ts';
import { answerRoute, type Route } from './route.ts';
import { locate, methodsOf, type Place } from './router.ts';

export interface Target {
  readonly path: string;
  readonly query: string;
  readonly place: Place | undefined;
}

export const targetOf = (method: string, url: string): Target => {
  const [path = '/', ...rest] = url.split('?');
  return { path, query: rest.join('?'), place: locate(method, path) };
};

const readBody = async (request: IncomingMessage, { isRaw = false }: Route) => {
  if (isRaw) return undefined;
  if (request.method === 'POST' || request.method === 'PUT') return readJsonBody(request);
  await readBytes(request);
  return undefined;
};

const answerPlace = async (
  request: IncomingMessage,
  { place, query, path }: Target,
  world: World,
  workerDies: boolean,
): Promise<Reply> => {
  if (place === undefined) {
    const methods = methodsOf(path);
    throw methods.length === 0 ? unknownPath() : wrongMethod(methods);
  }
  const route: Route = routes[place.operation.key];
  settle(world);
  const user = route.access === 'open' ? undefined : await userOfToken(request.headers.authorization, world);
  const body = await readBody(request, route);
  const call = { world, request, query: readQuery(query), params: place.params, body, workerDies };
  return answerRoute(route, call, user);
};

/** An error that nobody foresaw is 500 without JSON, as on the server. */
const replyOf = (cause: unknown): Reply => {
  if (cause instanceof Refusal) return cause.reply;
  console.error(cause);
  return unforeseen().reply;
};

/** @param workerDies a fault: the worker of an upload dies while it holds the file. */
export const answerRequest = async (
  request: IncomingMessage,
  target: Target,
  world: World,
  workerDies: boolean,
): Promise<Reply> => {
  try {
    return await answerPlace(request, target, world, workerDies);
  } catch (cause) {
    return replyOf(cause);
  }
};
