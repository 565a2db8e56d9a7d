/** The log lines of a twin, by their trace. */
import type { TestTwin } from './twin.ts';

type Line = { readonly source: string; readonly message?: string; readonly traceId?: string } & Record<string, unknown>;

const lineOf = (text: string): Line[] => {
  try {
    const line = JSON.parse(text.slice(text.indexOf('{'))) as { readonly service?: string };
    return [{ ...line, source: line.service?.replace(/^signals-facade-/, '') ?? 'unknown' }];
  } catch {
    // No line of the logger.
    return [];
  }
};

/** Metrics have no trace. */
const isLogLine = (line: Line): boolean => !('_aws' in line) && 'message' in line;

export const logLinesOf = ({ log }: Pick<TestTwin, 'log'>): readonly Line[] => log.flatMap(lineOf).filter(isLogLine);

/** Each function that printed a line of this trace, with what the line says: `dispatcher: delivery`. */
export const stationsOf = (twin: Pick<TestTwin, 'log'>, traceId: string): readonly string[] => [
  ...new Set(
    logLinesOf(twin)
      .filter((line) => line.traceId === traceId)
      .map(({ source, message }) => `${source}: ${message}`),
  ),
];
