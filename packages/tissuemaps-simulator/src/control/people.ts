/** Control calls about users, shares and the secret. */
import { malformed, notFound } from '../http/refusals.ts';
import { decodeId } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import { textOf } from '../json.ts';
import type { Experiment, User } from '../world/model.ts';
import { addUser, newSecret, type World } from '../world/world.ts';
import type { Act } from './act.ts';

const findUser = ({ users }: World, name: string): User => {
  const user = users.find((known) => known.name === name);
  if (user === undefined) throw notFound('User');
  return user;
};

const shownUsers = ({ users }: World) => ({ users: users.map(({ id, name }) => ({ id, name })) });

/** A name or an id. Names of two owners may be equal: then the id tells them apart. */
const findExperiment = ({ experiments }: World, text: string): Experiment => {
  const id = decodeId(text);
  const experiment = experiments.find((known) => known.name === text) ?? experiments.find((known) => known.id === id);
  if (experiment === undefined) throw notFound('Experiment');
  return experiment;
};

const shownShares = (world: World) => ({
  shares: world.experiments.flatMap(({ id, name, shares }) =>
    [...shares].map(([userId, access]) => ({
      experiment: name,
      experiment_id: world.id(id),
      user: world.users.find((user) => user.id === userId)?.name ?? null,
      access,
    })),
  ),
});

const changeShare = (world: World, { experiment, user, access }: JsonObject): void => {
  const { shares } = findExperiment(world, textOf(experiment) ?? '');
  const { id } = findUser(world, textOf(user) ?? '');
  if (access === null) shares.delete(id);
  else if (access === 'read' || access === 'write') shares.set(id, access);
  else throw malformed('access must be read, write or null.');
};

const changeUser = (world: World, { name, password }: JsonObject): void => {
  if (typeof name !== 'string' || name === '') throw malformed('name is needed.');
  const index = world.users.findIndex((user) => user.name === name);
  const known = world.users[index];
  if (password === null) {
    if (known === undefined) throw notFound('User');
    world.users.splice(index, 1);
  } else if (typeof password !== 'string') throw malformed('password must be a text, or null.');
  else if (known === undefined) addUser(world, name, password);
  else known.password = password;
};

export const peopleActs: Readonly<Record<string, Act>> = {
  'GET /_control/users': { act: ({ world }) => shownUsers(world()) },
  'POST /_control/users': {
    members: { name: 'text', password: 'text?' },
    act({ world }, body) {
      changeUser(world(), body);
      return shownUsers(world());
    },
  },
  'GET /_control/shares': { act: ({ world }) => shownShares(world()) },
  'POST /_control/shares': {
    members: { experiment: 'text', user: 'text', access: 'text?' },
    act({ world }, body) {
      changeShare(world(), body);
      return shownShares(world());
    },
  },
  'POST /_control/secret': {
    act({ world }) {
      world().secret = newSecret();
      return {};
    },
  },
};
