/** A recording: answers of a tenant to reads, without personal details, as one JSON file. */
import { isObject } from '../json.ts';

export const recordingFormat = 'signals-simulator/recording/1';

/** Stands for the address of the API in bodies and headers. */
export const baseMark = '{{base}}';

export type RecordedBody =
  | { readonly text: string }
  /** Bytes that are no text are not kept, since nobody can look for names in them; a replay makes as many. */
  | { readonly sizeBytes: number };

export interface Exchange {
  readonly method: string;
  /** After the base, with the query. */
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: RecordedBody;
}

export interface Recording {
  readonly format: typeof recordingFormat;
  /** Answers that could not be cleaned, and are not in the recording. */
  readonly leftOut?: number;
  readonly exchanges: readonly Exchange[];
}

const isExchange = (value: unknown): boolean =>
  isObject(value) &&
  typeof value.method === 'string' &&
  /^($|[/?])/.test(String(value.path)) &&
  typeof value.status === 'number' &&
  isObject(value.headers) &&
  isObject(value.body);

/** @throws Error when the text is no recording. */
export const parseRecording = (text: string): Recording => {
  const value: unknown = JSON.parse(text);
  if (!isObject(value) || value.format !== recordingFormat || !Array.isArray(value.exchanges))
    throw new Error(`its format is not "${recordingFormat}"`);
  const wrong = value.exchanges.findIndex((exchange) => !isExchange(exchange));
  if (wrong >= 0) throw new Error(`exchanges[${wrong}] is no recorded answer`);
  return value as unknown as Recording;
};
