/** Raw answers as a recording that may be kept: without secrets, without persons, without the tenant's address, without unreadable bytes. */
import type { Json } from '../json.ts';
import { utf8Text } from './codings.ts';
import { cleanParameters } from './headers.ts';
import { createPeople, type People } from './people.ts';
import { baseMark, type Exchange, type RecordedBody, type Recording, recordingFormat } from './recording.ts';
import { anyOf, formsOf, secretMark, withoutSecrets } from './secrets.ts';

/** As it came from the tenant; only in memory. */
export interface RawExchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for media types that are not kept. */
  readonly bytes: Buffer;
  readonly sizeBytes: number;
}

/** What must not be in the recording, beside persons. */
export interface Hidden {
  /** The address of the API. */
  readonly base: string;
  readonly key: string;
}

const typeOf = (headers: RawExchange['headers']) => (headers['content-type'] ?? '').toLowerCase();
export const isJson = (mediaType: string) => /[/+]json\b/.test(mediaType);

/** True for answers whose text is kept. Other bytes are not kept, since nobody can look for names in them. */
export const isTextAnswer = (headers: RawExchange['headers']): boolean => {
  const mediaType = typeOf(headers);
  const charset = /charset="?([\w-]+)/.exec(mediaType)?.[1] ?? 'utf-8';
  return /^text\/|[/+](xml|json)\b/.test(mediaType) && /^(utf-?8|us-ascii)$/.test(charset);
};

/** Removes the key first, then the API's address, which becomes a mark, then the bare address of the tenant, which names it. */
const scrubberOf = ({ base, key }: Hidden): ((text: string) => string) => {
  const { origin, host } = new URL(base);
  const [keys, bases, origins, hosts] = [formsOf(key), anyOf([base]), anyOf([origin]), anyOf([host])];
  return (text) =>
    withoutSecrets(text.replace(keys, secretMark))
      .replace(bases, baseMark)
      .replace(origins, 'https://tenant.example')
      .replace(hosts, 'tenant.example');
};

/** Text in another coding has zero bytes in it. */
const textOf = ({ headers, bytes }: RawExchange): string | undefined => {
  const text = isTextAnswer(headers) ? utf8Text(bytes) : undefined;
  return text?.includes('\0') === true ? undefined : text;
};

const parsed = (raw: RawExchange): Json | undefined => {
  try {
    return isJson(typeOf(raw.headers)) ? (JSON.parse(textOf(raw) ?? '') as Json) : undefined;
  } catch {
    return undefined;
  }
};

/** A cut document is not kept: its members cannot be told apart. */
const redactBody = (people: People, raw: RawExchange): RecordedBody => {
  const document = parsed(raw);
  if (document !== undefined) return { text: JSON.stringify(people.redact(document)) };
  const text = isJson(typeOf(raw.headers)) ? undefined : textOf(raw);
  return text === undefined ? { sizeBytes: raw.sizeBytes } : { text: people.redactText(text) };
};

const redactHeader = (people: People, name: string, value: string): string =>
  name === 'location' || name === 'etag'
    ? people.redactText(value.replace(/[^\x20-\x7e]/g, encodeURIComponent))
    : cleanParameters(value, people.redactText);

const redactOne = (people: People, raw: RawExchange): Exchange => ({
  method: raw.method,
  // What is removed may begin with a slash; a recording is refused if a path does not.
  path: `/${people.redactText(raw.path.replace(/^\//, ''))}`,
  status: raw.status,
  headers: Object.fromEntries(
    Object.entries(raw.headers).map(([name, value]) => [name, redactHeader(people, name, value)]),
  ),
  body: redactBody(people, raw),
});

/** A document may be nested too deeply to be walked. */
const orUndefined = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

/**
 * First learns all persons, so that a name is replaced in answers that came before the one that tells whose it is. An answer that cannot be
 * cleaned is left out, and the others stay.
 */
export const redactAll = (raws: readonly RawExchange[], hidden: Hidden): Recording => {
  const people = createPeople(scrubberOf(hidden));
  const learnt = raws.filter(
    (raw) => orUndefined(() => [people.learn(parsed(raw) ?? textOf(raw) ?? null)]) !== undefined,
  );
  const exchanges = learnt.flatMap((raw) => orUndefined(() => redactOne(people, raw)) ?? []);
  return { format: recordingFormat, leftOut: raws.length - exchanges.length, exchanges };
};
