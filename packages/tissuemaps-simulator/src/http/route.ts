/** A route: what it needs, and its handler. Handlers get their experiment, and only bodies and queries that have what the route needs. */
import type { IncomingMessage } from 'node:http';
import { decodeId } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import type { OperationKey } from '../operations.ts';
import type { Switches } from '../switches.ts';
import type { Experiment, User } from '../world/model.ts';
import { accessOf, type World } from '../world/world.ts';
import type { Query } from './query.ts';
import { forbidden, malformed, missingParameters, notFound, unforeseen } from './refusals.ts';
import type { Reply } from './reply.ts';

export interface Call {
  readonly world: World;
  readonly request: IncomingMessage;
  readonly query: Query;
  readonly params: Readonly<Record<string, string>>;
  /** Absent without a JSON body. */
  readonly body: JsonObject | undefined;
  /** A fault: the worker dies while it holds the file. */
  readonly workerDies: boolean;
}

export interface UserCall extends Call {
  readonly user: User;
}

export interface ExperimentCall extends UserCall {
  readonly experiment: Experiment;
  /** The needed members are there. */
  readonly body: JsonObject;
  /** The number of an id in the path. @throws Refusal 400 */
  id(name: string): number;
}

/** Names of parameters that must be there; `x:int` must be a whole number. */
interface Needs {
  readonly query?: readonly string[];
  readonly body?: readonly string[];
  /** A switch under which a missing body is 500, as `body` names nothing on the server. */
  readonly fails?: boolean;
  /** A switch under which the other right is enough. */
  readonly unless?: keyof Switches;
  /** The handler reads the request itself. */
  readonly isRaw?: boolean;
}

type Answer<C> = (call: C) => Reply | Promise<Reply>;

interface OpenRoute extends Needs {
  readonly access: 'open';
  readonly answer: Answer<Call>;
}
interface UserRoute extends Needs {
  readonly access: 'token';
  readonly answer: Answer<UserCall>;
}
interface ExperimentRoute extends Needs {
  readonly access: 'read' | 'write';
  readonly answer: Answer<ExperimentCall>;
}
export type Route = OpenRoute | UserRoute | ExperimentRoute;
export type Routes = Readonly<Partial<Record<OperationKey, Route>>>;

interface MakeRoute {
  (access: 'open', answer: Answer<Call>, needs?: Needs): Route;
  (access: 'token', answer: Answer<UserCall>, needs?: Needs): Route;
  (access: 'read' | 'write', answer: Answer<ExperimentCall>, needs?: Needs): Route;
}

export const route: MakeRoute = ((access: string, answer: unknown, needs: Needs = {}) => ({
  ...needs,
  access,
  answer,
})) as MakeRoute;

const isMissing = (query: Query, need: string): boolean => {
  const [name = '', type] = need.split(':');
  return (type === 'int' ? query.integer(name) : query.text(name)) === undefined;
};

const checkQuery = ({ query: needed = [] }: Route, query: Query): void => {
  const missing = needed.filter((need) => isMissing(query, need)).map((need) => need.split(':')[0] ?? need);
  if (missing.length > 0) throw missingParameters('GET', missing);
};

const checkBody = ({ body: needed = [], fails = false, isRaw = false }: Route, call: Call): void => {
  if (isRaw || needed.length === 0) return;
  const missing = needed.filter((name) => call.body?.[name] === undefined);
  if (missing.length === 0) {
    if (needed.includes('name') && typeof call.body?.name !== 'string') throw malformed('name must be a text.');
    return;
  }
  if (fails && call.world.switches.missingBodyFails) throw unforeseen();
  throw missingParameters(call.request.method ?? 'POST', missing);
};

/** @throws Refusal 400 for an id in none of the three forms, where the server fails with 500 */
export const idIn = (params: Readonly<Record<string, string>>, name: string): number => {
  const number = decodeId(params[name] ?? '');
  if (number === undefined) throw malformed(`"${params[name]}" is not an id.`);
  return number;
};

const findExperiment = (access: 'read' | 'write', { world, params, user }: UserCall): Experiment => {
  const id = idIn(params, 'experiment_id');
  const experiment = world.experiments.find((known) => known.id === id);
  if (experiment === undefined) throw notFound('Experiment');
  const held = accessOf(experiment, user);
  if (held === undefined || (access === 'write' && held === 'read')) throw forbidden('Experiment');
  return experiment;
};

/** `unless` names a switch under which the server asks for the other right. */
const neededAccess = ({ access, unless }: ExperimentRoute, { switches }: World): 'read' | 'write' => {
  if (unless === undefined || !switches[unless]) return access;
  return access === 'read' ? 'write' : 'read';
};

/** In the server's order: missing parameters, ids, the experiment, the right to use it. The token was checked before. */
export const answerRoute = (route: Route, call: Call, user: User | undefined): Reply | Promise<Reply> => {
  checkQuery(route, call.query);
  checkBody(route, call);
  if (route.access === 'open') return route.answer(call);
  if (user === undefined) throw unforeseen();
  const userCall = { ...call, user };
  if (route.access === 'token') return route.answer(userCall);
  for (const name of Object.keys(call.params)) idIn(call.params, name);
  const experiment = findExperiment(neededAccess(route, call.world), userCall);
  return route.answer({ ...userCall, body: call.body ?? {}, experiment, id: (name) => idIn(call.params, name) });
};
