/** Reads lines in CloudWatch's embedded metric format (user guide, Specification: Embedded metric format). */
import * as z from 'zod';
import type { Sample } from './metric-store.ts';

const Line = z.looseObject({
  _aws: z.looseObject({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.looseObject({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.looseObject({ Name: z.string() })),
      }),
    ),
  }),
});

const parse = (line: string): z.infer<typeof Line> | undefined => {
  // Most lines are no metrics.
  if (!line.includes('"_aws"')) return undefined;
  try {
    return Line.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
};

const valuesOf = (value: unknown): number[] => [value].flat().filter((one) => typeof one === 'number');

const dimensionsOf = (line: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, String(line[name])]));

/** One sample for each value, metric and set of dimensions; none for other lines. */
export const samplesOf = (text: string): Sample[] => {
  const line = parse(text);
  if (!line) return [];
  const { Timestamp: atMillis, CloudWatchMetrics } = line._aws;
  return CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.flatMap(({ Name: name }) =>
        valuesOf(line[name]).map((value) => ({
          ...{ namespace, name, value, atMillis },
          dimensions: dimensionsOf(line, names),
        })),
      ),
    ),
  );
};
