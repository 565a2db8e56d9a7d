/** The three tools: they give each object of a type a label. */
import { isList, isNumbers, isObject, type JsonObject, numberOf, textOf } from '../json.ts';
import type { ObjectType } from '../objects/object-type.ts';

export interface Computed {
  readonly type: string;
  readonly attributes: JsonObject;
  readonly labels: ReadonlyMap<number, number>;
}

/** A mistake in the payload: the job fails with it. */
export class ToolMistake extends Error {}

interface Row {
  readonly id: number;
  readonly values: readonly number[];
}

/** Objects with a value of each feature. */
const rowsOf = (type: ObjectType, featureIds: readonly number[]): Row[] =>
  type.groups.flatMap((group) => {
    const values = group.values();
    return group.objects.flatMap(({ id, label }) => {
      const row = featureIds.map((featureId) => values.get(featureId)?.get(label));
      return row.every((value) => value !== undefined) ? [{ id, values: row }] : [];
    });
  });

const featureIds = (type: ObjectType, names: readonly string[]): number[] =>
  names.map((name) => {
    const feature = type.features.find((known) => known.name === name);
    if (feature === undefined) throw new ToolMistake(`There is no feature "${name}".`);
    return feature.id;
  });

const namesIn = (payload: JsonObject): string[] => {
  const { selected_features: names } = payload;
  if (!isList(names) || names.length === 0) throw new ToolMistake('selected_features must be a list of names.');
  return names.map((name) => textOf(name) ?? '');
};

const heatmap = (type: ObjectType, payload: JsonObject): Computed => {
  const [id = 0] = featureIds(type, [textOf(payload.selected_feature) ?? '']);
  const rows = rowsOf(type, [id]);
  if (rows.length === 0) throw new ToolMistake('No object has a value of the feature.');
  const values = rows.map((row) => row.values[0] ?? 0);
  const attributes = {
    feature_id: id,
    min: values.reduce((least, value) => Math.min(least, value)),
    max: values.reduce((most, value) => Math.max(most, value)),
  };
  return { type: 'HeatmapToolResult', attributes, labels: new Map(rows.map((row) => [row.id, row.values[0] ?? 0])) };
};

const distance = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + (value - (b[index] ?? 0)) ** 2, 0);

const nearest = (values: readonly number[], centres: readonly (readonly number[])[]): number =>
  centres.reduce((best, centre, index) => {
    return distance(values, centre) < distance(values, centres[best] ?? []) ? index : best;
  }, 0);

const meanOf = (rows: readonly Row[]): number[] =>
  (rows[0]?.values ?? []).map(
    (_, column) => rows.reduce((sum, { values }) => sum + (values[column] ?? 0), 0) / rows.length,
  );

/** Features with large numbers must not drown the others: each has the mean 0 and the deviation 1. */
const scaled = (rows: readonly Row[]): Row[] => {
  const means = meanOf(rows);
  const spreads = means.map((mean, column) =>
    Math.sqrt(rows.reduce((sum, { values }) => sum + ((values[column] ?? 0) - mean) ** 2, 0) / rows.length),
  );
  return rows.map(({ id, values }) => ({
    id,
    values: values.map((value, column) => (value - (means[column] ?? 0)) / (spreads[column] || 1)),
  }));
};

const rounds = 20;

/** k-means from centres that lie evenly in the order of the objects, so that the same request has the same result. */
const clustering = (type: ObjectType, payload: JsonObject): Computed => {
  const rows = scaled(rowsOf(type, featureIds(type, namesIn(payload))));
  const k = numberOf(isObject(payload.options) ? payload.options.k : undefined) ?? 2;
  if (!Number.isInteger(k) || k < 1 || k > rows.length)
    throw new ToolMistake('k must be from 1 to the number of objects.');
  let centres = Array.from({ length: k }, (_, index) => rows[Math.floor((index * rows.length) / k)]?.values ?? []);
  for (let round = 0; round < rounds; round += 1)
    centres = centres.map((centre, index) => {
      const own = rows.filter(({ values }) => nearest(values, centres) === index);
      return own.length === 0 ? centre : meanOf(own);
    });
  const labels = new Map(rows.map(({ id, values }) => [id, nearest(values, centres)]));
  const unique = [...new Set(labels.values())].toSorted((a, b) => a - b);
  return { type: 'ScalarToolResult', attributes: { unique_labels: unique }, labels };
};

interface TrainingClass {
  readonly name: string;
  readonly ids: readonly number[];
}

const trainingClasses = (payload: JsonObject): TrainingClass[] => {
  const given = isList(payload.training_classes) ? payload.training_classes : [];
  const classes = given.flatMap((item) =>
    isObject(item) && isNumbers(item.object_ids) ? [{ name: textOf(item.name) ?? '', ids: item.object_ids }] : [],
  );
  if (classes.length === 0) throw new ToolMistake('training_classes must be a list of names with object_ids.');
  return classes;
};

/** Each object gets the class whose training objects have the nearest mean. */
const classification = (type: ObjectType, payload: JsonObject): Computed => {
  const rows = scaled(rowsOf(type, featureIds(type, namesIn(payload))));
  const classes = trainingClasses(payload);
  const centres = classes.map(({ name, ids }) => {
    const own = rows.filter(({ id }) => ids.includes(id));
    if (own.length === 0) throw new ToolMistake(`No object of the class "${name}" exists.`);
    return meanOf(own);
  });
  const labels = new Map(rows.map(({ id, values }) => [id, nearest(values, centres)]));
  const attributes = {
    unique_labels: classes.map((_, index) => index),
    label_map: Object.fromEntries(classes.map(({ name }, index) => [String(index), { name }])),
  };
  return { type: 'SupervisedClassifierToolResult', attributes, labels };
};

type Tool = (type: ObjectType, payload: JsonObject) => Computed;

export const tools: Readonly<
  Record<string, { readonly icon: string; readonly description: string; readonly run: Tool }>
> = {
  Classification: { icon: 'SVC', description: 'Gives objects the classes of training objects.', run: classification },
  Clustering: { icon: 'CLU', description: 'Groups objects that are alike.', run: clustering },
  Heatmap: { icon: 'HMP', description: 'Shows the values of a feature as colours.', run: heatmap },
};
