/** Raw answers as a recording that may be kept: without persons, without the tenant's address, without bytes that cannot be read. */
import type { Json } from '../json.ts';
import { createPeople, type People } from './people.ts';
import { baseMark, type Exchange, type RecordedBody, type Recording, recordingFormat } from './recording.ts';

/** As it came from the tenant; only in memory. */
export interface RawExchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

const isJson = (mediaType: string) => /[/+]json\b/.test(mediaType);
const isText = (mediaType: string) => mediaType.startsWith('text/') || /[/+](xml|json)\b/.test(mediaType);

/** The API's address becomes a mark; the bare address of the tenant, which names it, another one. */
const withoutTenant = (text: string, base: string): string => {
  const { origin, host } = new URL(base);
  return text
    .replaceAll(base, baseMark)
    .replaceAll(origin, 'https://tenant.example')
    .replaceAll(host, 'tenant.example');
};

/** Before names are replaced, since the tenant's address may hold one. */
const textOf = ({ bytes }: RawExchange, base: string): string => withoutTenant(bytes.toString('utf8'), base);

const parsed = (raw: RawExchange, base: string): Json | undefined => {
  if (!isJson(raw.headers['content-type'] ?? '')) return undefined;
  try {
    return JSON.parse(textOf(raw, base)) as Json;
  } catch {
    return undefined;
  }
};

/** Each part of a path by itself, so that what is not changed keeps its coding. */
const redactPath = (people: People, path: string): string =>
  path.replace(/[^/?&=]+/g, (part) => {
    const plain = decoded(part);
    const clean = people.redactText(plain);
    return clean === plain ? part : encodeURIComponent(clean);
  });

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return part;
  }
};

const redactBody = (people: People, raw: RawExchange, base: string): RecordedBody => {
  const document = parsed(raw, base);
  if (document !== undefined) return { text: JSON.stringify(people.redact(document)) };
  if (isText(raw.headers['content-type'] ?? '')) return { text: people.redactText(textOf(raw, base)) };
  return { sizeBytes: raw.bytes.byteLength };
};

/** First learns all persons, so that a name is replaced in answers that came before the one that tells whose it is. */
export const redactAll = (exchanges: readonly RawExchange[], base: string): Recording => {
  const people = createPeople();
  for (const raw of exchanges) people.learn(parsed(raw, base) ?? null);
  const redactOne = (raw: RawExchange): Exchange => ({
    method: raw.method,
    path: redactPath(people, raw.path),
    status: raw.status,
    headers: Object.fromEntries(
      Object.entries(raw.headers).map(([name, value]) => [name, redactPath(people, withoutTenant(value, base))]),
    ),
    body: redactBody(people, raw, base),
  });
  return { format: recordingFormat, exchanges: exchanges.map(redactOne) };
};
