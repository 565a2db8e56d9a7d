/** The server's whole state, and the switches that say how it behaves. */
import { randomBytes } from 'node:crypto';
import type { AdjustableClock } from '../clock.ts';
import { documentedId, documentedJobId, type IdStyle, plainId } from '../ids.ts';
import type { Switches } from '../switches.ts';
import { type Counters, createCounters } from './counters.ts';
import type { Experiment, User } from './model.ts';

export interface World {
  readonly clock: AdjustableClock;
  readonly switches: Switches;
  readonly counters: Counters;
  readonly users: User[];
  experiments: Experiment[];
  /** Names of experiments that a refused creation has taken, with the owner's number before them. */
  readonly takenNames: Set<string>;
  /** Signs tokens. A new one ends all tokens at once. */
  secret: Uint8Array;
  tokenSeconds: number;
  /** Experiments that do not exist, for which a tile made a schema. */
  readonly madeSchemas: string[];
  /** Names of workflow steps whose next run fails. */
  readonly failingSteps: string[];
  readonly id: IdStyle;
  readonly jobId: IdStyle;
}

export const newSecret = (): Uint8Array => randomBytes(32);

interface WorldSettings {
  readonly clock: AdjustableClock;
  readonly switches: Switches;
  readonly tokenSeconds: number;
}

export const createWorld = ({ clock, switches, tokenSeconds }: WorldSettings): World => ({
  clock,
  switches,
  counters: createCounters(),
  users: [],
  experiments: [],
  takenNames: new Set(),
  secret: newSecret(),
  tokenSeconds,
  madeSchemas: [],
  failingSteps: [],
  id: (number) => (switches.plainIds ? plainId : documentedId)(number),
  jobId: (number) => (switches.plainIds ? plainId : documentedJobId)(number),
});

export const addUser = (world: World, name: string, password: string): User => {
  const user = { id: world.counters.next('users'), name, password };
  world.users.push(user);
  return user;
};

export interface NewExperiment {
  readonly name: string;
  readonly description?: string;
  readonly ownerId: number;
  readonly workflowType: string;
  readonly plateFormat: number;
  readonly acquisitionMode: string;
  readonly microscopeType: string;
}

export const addExperiment = (world: World, given: NewExperiment): Experiment => {
  const experiment: Experiment = {
    description: '',
    ...given,
    id: world.counters.next('experiments'),
    shares: new Map(),
    counters: createCounters(),
    plates: [],
    wells: [],
    sites: [],
    cycles: [],
    channels: [],
    images: [],
    layers: [],
    types: [],
    hasIllumination: false,
    alignMargin: 0,
    workflow: undefined,
    project: undefined,
    runs: [],
    toolRuns: [],
    toolResults: [],
  };
  world.experiments.push(experiment);
  return experiment;
};

/** What a user may do with an experiment. */
export const accessOf = ({ ownerId, shares }: Experiment, { id }: User) => (ownerId === id ? 'write' : shares.get(id));
