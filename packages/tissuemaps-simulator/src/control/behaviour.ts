/** Control calls about how the server behaves: switches, speed, lifetimes, steps that fail, faults. */
import { type FaultRule, faultKinds } from '../http/faults.ts';
import { malformed } from '../http/refusals.ts';
import { isObject, type Json, type JsonObject, numberOf, textOf } from '../json.ts';
import { operations } from '../operations.ts';
import { defaultSwitches, releaseSwitches, type Switches, switchName } from '../switches.ts';
import { stepNames } from '../workflow/description.ts';
import type { Act } from './act.ts';
import type { ControlState } from './state.ts';

const shownBehaviour = ({ clock, world, latencyMillis }: ControlState): Json => ({
  speed: clock.speed,
  latencyMillis,
  tokenSeconds: world().tokenSeconds,
  switches: { ...world().switches },
});

const readSwitches = (given: JsonObject): Partial<Switches> => {
  const pairs = Object.entries(given).map(([name, value]) => {
    if (typeof value !== 'boolean') throw malformed(`switches.${name} must be true or false.`);
    try {
      return [switchName(name), value] as const;
    } catch (cause) {
      throw malformed((cause as Error).message);
    }
  });
  return Object.fromEntries(pairs);
};

const dialects: Readonly<Record<string, Switches>> = { documented: defaultSwitches, '0.5.0': releaseSwitches };

const dialectOf = (name: string): Switches => {
  const switches = Object.hasOwn(dialects, name) ? dialects[name] : undefined;
  if (switches === undefined) throw malformed(`dialect must be ${Object.keys(dialects).join(' or ')}.`);
  return switches;
};

const positive = (value: Json | undefined, name: string, fallback: number): number => {
  const number = numberOf(value) ?? fallback;
  if (number < 0) throw malformed(`${name} must not be negative.`);
  return number;
};

const changeBehaviour = (state: ControlState, body: JsonObject): void => {
  const { dialect, switches, speed, latencyMillis, tokenSeconds } = body;
  const changes = {
    ...(typeof dialect === 'string' ? dialectOf(dialect) : {}),
    ...(isObject(switches) ? readSwitches(switches) : {}),
  };
  const nextSpeed = positive(speed, 'speed', state.clock.speed);
  const nextLatency = positive(latencyMillis, 'latencyMillis', state.latencyMillis);
  state.world().tokenSeconds = positive(tokenSeconds, 'tokenSeconds', state.world().tokenSeconds);
  Object.assign(state.world().switches, changes);
  state.clock.setSpeed(nextSpeed);
  state.latencyMillis = nextLatency;
};

const readFault = (body: JsonObject): Omit<FaultRule, 'id'> => {
  const kind = faultKinds.find((name) => name === body.kind);
  if (kind === undefined) throw malformed(`kind must be one of ${faultKinds.join(', ')}.`);
  const operation = textOf(body.operation);
  if (operation !== undefined && !operations.some(({ key }) => key === operation))
    throw malformed(`"${operation}" is no operation; name one as endpoints are written, such as "GET /api/tools".`);
  const rate = numberOf(body.rate) ?? 1;
  if (rate < 0 || rate > 1) throw malformed('rate must be from 0 to 1.');
  return {
    kind,
    operation,
    rate,
    remaining: numberOf(body.times),
    millis: numberOf(body.millis) ?? 1000,
    status: numberOf(body.status) ?? (kind === 'html' ? 502 : 503),
    afterBytes: numberOf(body.afterBytes),
  };
};

const shownFault = (rule: FaultRule): JsonObject => ({ ...rule });

export const behaviourActs: Readonly<Record<string, Act>> = {
  'GET /_control/behaviour': { act: shownBehaviour },
  'PATCH /_control/behaviour': {
    members: {
      dialect: 'text',
      switches: 'object',
      speed: 'number',
      latencyMillis: 'number',
      tokenSeconds: 'number',
    },
    act(state, body) {
      changeBehaviour(state, body);
      return shownBehaviour(state);
    },
  },
  'GET /_control/faults': { act: ({ faults }) => ({ faults: faults.list().map(shownFault) }) },
  'POST /_control/faults': {
    members: {
      kind: 'text',
      operation: 'text',
      rate: 'number',
      times: 'number',
      millis: 'number',
      status: 'number',
      afterBytes: 'number',
    },
    act: ({ faults }, body) => shownFault(faults.add(readFault(body))),
  },
  'DELETE /_control/faults': {
    act({ faults }) {
      faults.clear();
      return { faults: [] };
    },
  },
  'POST /_control/failures': {
    members: { step: 'text' },
    act({ world }, { step }) {
      const name = stepNames.find((known) => known === step);
      if (name === undefined) throw malformed(`step must be one of ${stepNames.join(', ')}.`);
      world().failingSteps.push(name);
      return { failures: world().failingSteps };
    },
  },
};
