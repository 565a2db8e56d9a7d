/** The stages and steps of a workflow, and the description that a user may change. */
import { isList, isObject, type Json, type JsonObject, textOf } from '../json.ts';

interface StepFacts {
  readonly name: string;
  readonly fullname: string;
  readonly help: string;
}

interface StageFacts {
  readonly name: string;
  readonly mode: 'sequential';
  readonly steps: readonly StepFacts[];
}

const step = (name: string, fullname: string, help: string): StepFacts => ({ name, fullname, help });
const align = step('align', 'Image registration', 'Shifts of the images between cycles.');

/** The texts of `fullname` and `help` are the simulator's own. */
const stagesOf = (type: string): readonly StageFacts[] => [
  {
    name: 'image_conversion',
    mode: 'sequential',
    steps: [
      step('metaextract', 'Metadata extraction', 'Reads the sizes of the uploaded images.'),
      step('metaconfig', 'Metadata configuration', 'Makes wells, sites, cycles and channels from names.'),
      step('imextract', 'Image extraction', 'Extracts the pixels of each image.'),
    ],
  },
  {
    name: 'image_preprocessing',
    mode: 'sequential',
    steps: [
      step('corilla', 'Illumination statistics', 'Computes the statistics for the correction of illumination.'),
      ...(type === 'multiplexing' ? [align] : []),
    ],
  },
  {
    name: 'pyramid_creation',
    mode: 'sequential',
    steps: [step('illuminati', 'Pyramids', 'Makes layers and their tiles.')],
  },
  {
    name: 'image_analysis',
    mode: 'sequential',
    steps: [step('jterator', 'Image analysis', 'Segments objects and measures their features.')],
  },
];

export const workflowTypes = ['canonical', 'multiplexing'];

export const stepNames: readonly string[] = stagesOf('multiplexing').flatMap(({ steps }) =>
  steps.map(({ name }) => name),
);

interface StepDescription {
  readonly name: string;
  readonly isActive: boolean;
  readonly batchArgs: readonly JsonObject[];
  readonly submissionArgs: readonly JsonObject[];
}
export interface StageDescription {
  readonly name: string;
  readonly isActive: boolean;
  readonly steps: readonly StepDescription[];
}
export interface WorkflowDescription {
  readonly type: string;
  readonly stages: readonly StageDescription[];
}

const arg = (name: string, help: string, value: Json): JsonObject => ({
  name,
  help,
  default: value,
  required: false,
  disabled: false,
  value,
  choices: null,
});

const defaultBatchArgs = () => [arg('batch_size', 'Number of images in a job.', 100)];
const defaultSubmissionArgs = () => [
  arg('duration', 'Time that a job may take.', '06:00:00'),
  arg('memory', 'Memory of a job in MB.', 2147),
  arg('cores', 'Cores of a job.', 1),
];

export const defaultDescription = (type: string): WorkflowDescription => ({
  type,
  stages: stagesOf(type).map(({ name, steps }) => ({
    name,
    isActive: true,
    steps: steps.map((facts) => ({
      name: facts.name,
      isActive: true,
      batchArgs: defaultBatchArgs(),
      submissionArgs: defaultSubmissionArgs(),
    })),
  })),
});

export const shownDescription = ({ type, stages }: WorkflowDescription): Json => ({
  type,
  stages: stages.map((stage) => {
    const facts = stagesOf(type).find(({ name }) => name === stage.name);
    return {
      name: stage.name,
      mode: facts?.mode ?? 'sequential',
      active: stage.isActive,
      steps: stage.steps.map(({ name, isActive, batchArgs, submissionArgs }) => {
        const { fullname = name, help = '' } = facts?.steps.find((known) => known.name === name) ?? {};
        return { name, fullname, help, active: isActive, batch_args: batchArgs, submission_args: submissionArgs };
      }),
    };
  }),
});

/** Of a given argument, only name and value are read. Other arguments than the known ones do not fit. */
const readArgs = (given: Json | undefined, known: readonly JsonObject[]): JsonObject[] | undefined => {
  if (!isList(given)) return undefined;
  const values = new Map<string, Json>();
  for (const item of given) {
    if (!isObject(item) || typeof item.name !== 'string') return undefined;
    values.set(item.name, item.value ?? null);
  }
  if ([...values.keys()].some((name) => !known.some((argument) => argument.name === name))) return undefined;
  return known.map((argument) => {
    const name = textOf(argument.name) ?? '';
    return values.has(name) ? { ...argument, value: values.get(name) ?? null } : argument;
  });
};

const readStep = (given: Json, names: readonly string[]): StepDescription | undefined => {
  if (!isObject(given) || typeof given.name !== 'string' || !names.includes(given.name)) return undefined;
  const batchArgs = readArgs(given.batch_args, defaultBatchArgs());
  const submissionArgs = readArgs(given.submission_args, defaultSubmissionArgs());
  if (batchArgs === undefined || submissionArgs === undefined) return undefined;
  return { name: given.name, isActive: given.active !== false, batchArgs, submissionArgs };
};

const isWhole = <T>(items: readonly (T | undefined)[]): items is readonly T[] =>
  items.every((item) => item !== undefined);

const readStage = (given: Json, facts: StageFacts | undefined): StageDescription | undefined => {
  if (facts === undefined || !isObject(given) || given.name !== facts.name || !isList(given.steps)) return undefined;
  const names = facts.steps.map(({ name }) => name);
  const steps = given.steps.map((item) => readStep(item, names));
  if (!isWhole(steps)) return undefined;
  return { name: facts.name, isActive: given.active !== false, steps };
};

/** The description that a client sends; nothing when it does not fit the type of the experiment. Stages keep their order. */
export const readDescription = (given: Json | undefined, type: string): WorkflowDescription | undefined => {
  if (!isObject(given) || given.type !== type || !isList(given.stages)) return undefined;
  const facts = stagesOf(type);
  const stages = given.stages.map((stage, index) => readStage(stage, facts[index]));
  return isWhole(stages) ? { type, stages } : undefined;
};
