/** ListBuckets, ListObjects in both versions, and ListObjectVersions. Keys are in the order of their UTF-8 bytes. */
import { typeOf } from './checksums.ts';
import type { Handler } from './handler.ts';
import { type Bucket, isDeleteMarker, type ObjectVersion } from './model.ts';
import type { S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import { owner, toXml, type XmlValue } from './xml.ts';

const mostBuckets = 10_000;

/** By name. The token is the last name of the page before. */
export const listBuckets: Handler = ({ query }, { store }) => {
  const limit = Number(query.get('max-buckets') ?? mostBuckets);
  if (!Number.isInteger(limit) || limit < 1 || limit > mostBuckets)
    throw new S3Error('InvalidArgument', `max-buckets is a number from 1 to ${mostBuckets}`);
  const prefix = query.get('prefix') ?? '';
  const after = fromToken(query.get('continuation-token') ?? '');
  const rest = store
    .buckets()
    .map(({ settings }) => ({ Name: settings.name, CreationDate: iso(settings.createdMillis) }))
    .filter(({ Name }) => Name.startsWith(prefix) && Name > after)
    .sort((a, b) => compareKeys(a.Name, b.Name));
  const Bucket = rest.slice(0, limit);
  const ContinuationToken = rest.length > limit ? toToken(Bucket.at(-1)?.Name ?? '') : undefined;
  const body = { Owner: owner, Buckets: { Bucket }, ContinuationToken, Prefix: query.get('prefix') ?? undefined };
  return { status: 200, body: toXml('ListAllMyBucketsResult', body) };
};

const toToken = (text: string): string => Buffer.from(text).toString('base64url');
const fromToken = (token: string): string => Buffer.from(token, 'base64url').toString('utf8');

type CurrentObject = { readonly key: string; readonly version: ObjectVersion };

const currentObjects = (bucket: Bucket): CurrentObject[] =>
  sortedKeys(bucket).flatMap((key) => {
    const newest = bucket.keys.get(key)?.[0];
    return newest && !isDeleteMarker(newest) ? [{ key, version: newest }] : [];
  });

/** The first version of the listing: pages by key, the owner always, a next marker only with a delimiter (ListObjects, "NextMarker"). */
export const listObjects: Handler = (request, context) => {
  const { query } = request;
  if (query.get('list-type') === '2') return listObjectsV2(request, context);
  if (query.has('list-type')) throw new S3Error('InvalidArgument', 'list-type is 2');
  const bucket = context.store.bucket(request.bucket);
  const limits = readLimits(request);
  const marker = query.get('marker') ?? '';
  const page = paginate(currentObjects(bucket), limits, ({ key }) => isAfter(key, marker, limits));
  const encoded = encoder(request);
  const body = {
    ...head(request, limits, page, encoded),
    Prefix: limits.prefix, // never encoded here: boto3 decodes all but this one
    Marker: encoded(marker),
    NextMarker: page.last !== undefined && limits.delimiter !== '' ? encoded(page.last) : undefined,
    Contents: page.rows.map((row) => ({ ...contents(row, encoded), Owner: owner })),
  };
  return { status: 200, body: toXml('ListBucketResult', body) };
};

const contents = ({ key, version }: CurrentObject, encoded: (text: string) => string) => ({
  Key: encoded(key),
  ...facts(version),
  StorageClass: 'STANDARD',
});

const listObjectsV2: Handler = (request, { store }) => {
  const bucket = store.bucket(request.bucket);
  const limits = readLimits(request);
  const token = request.query.get('continuation-token');
  const after = token === null ? (request.query.get('start-after') ?? '') : fromToken(token);
  const page = paginate(currentObjects(bucket), limits, ({ key }) => isAfter(key, after, limits));
  const encoded = encoder(request);
  const ownerMember = request.query.get('fetch-owner') === 'true' ? { Owner: owner } : {};
  const Contents = page.rows.map((row) => ({ ...contents(row, encoded), ...ownerMember }));
  const body = {
    ...head(request, limits, page, encoded),
    KeyCount: page.rows.length + page.prefixes.length,
    ContinuationToken: token ?? undefined,
    NextContinuationToken: page.last === undefined ? undefined : toToken(page.last),
    StartAfter: request.query.get('start-after') ?? undefined,
    Contents,
  };
  return { status: 200, body: toXml('ListBucketResult', body) };
};

export const listObjectVersions: Handler = (request, { store }) => {
  const bucket = store.bucket(request.bucket);
  const limits = readLimits(request);
  const keyMarker = request.query.get('key-marker') ?? '';
  const versionMarker = request.query.get('version-id-marker');
  const rows = sortedKeys(bucket).flatMap((key) =>
    (bucket.keys.get(key) ?? []).map((version, index) => ({ key, version, isLatest: index === 0 })),
  );
  const markerAt =
    versionMarker === null
      ? -1
      : rows.findIndex((row) => row.key === keyMarker && row.version.versionId === versionMarker);
  const page = paginate(rows, limits, (row, index) =>
    markerAt >= 0 ? index > markerAt : isAfter(row.key, keyMarker, limits),
  );
  const encoded = encoder(request);
  const lastRow = page.rows.at(-1);
  const entry = ({ key, version, isLatest }: (typeof rows)[number]) => ({
    Key: encoded(key),
    VersionId: version.versionId,
    IsLatest: isLatest,
    ...(isDeleteMarker(version)
      ? { LastModified: iso(version.modifiedMillis) }
      : { ...facts(version), StorageClass: 'STANDARD' }),
    Owner: owner,
  });
  const body = {
    ...head(request, limits, page, encoded),
    KeyMarker: encoded(keyMarker),
    VersionIdMarker: versionMarker ?? '',
    NextKeyMarker: page.last === undefined ? undefined : encoded(page.last),
    NextVersionIdMarker: page.last !== undefined && lastRow?.key === page.last ? lastRow.version.versionId : undefined,
    Version: page.rows.filter(({ version }) => !isDeleteMarker(version)).map(entry),
    DeleteMarker: page.rows.filter(({ version }) => isDeleteMarker(version)).map(entry),
  };
  return { status: 200, body: toXml('ListVersionsResult', body) };
};

type Limits = { readonly prefix: string; readonly delimiter: string; readonly maxKeys: number };
type Page<Row> = { readonly rows: Row[]; readonly prefixes: string[]; readonly last: string | undefined };

/** Takes rows until the page is full; rows that share a prefix up to the delimiter count once, as that prefix. */
export const paginate = <Row extends { key: string }>(
  rows: readonly Row[],
  { prefix, delimiter, maxKeys }: Limits,
  isWanted: (row: Row, index: number) => boolean,
): Page<Row> => {
  const page: Page<Row> = { rows: [], prefixes: [], last: undefined };
  let last: string | undefined;
  for (const [index, row] of rows.entries()) {
    if (!row.key.startsWith(prefix) || !isWanted(row, index)) continue;
    const common = commonPrefix(row.key, prefix, delimiter);
    if (common !== undefined && common === page.prefixes.at(-1)) continue;
    if (page.rows.length + page.prefixes.length >= maxKeys) return { ...page, last };
    if (common === undefined) page.rows.push(row);
    else page.prefixes.push(common);
    last = common ?? row.key;
  }
  return page;
};

const commonPrefix = (key: string, prefix: string, delimiter: string): string | undefined => {
  const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
};

/** A marker that is a common prefix stands for all keys under it. */
export const isAfter = (key: string, marker: string, { prefix, delimiter }: Limits): boolean =>
  marker === '' || (compareKeys(key, marker) > 0 && commonPrefix(key, prefix, delimiter) !== marker);

const sortedKeys = (bucket: Bucket): string[] => [...bucket.keys.keys()].sort(compareKeys);

export const compareKeys = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

export const readLimits = ({ query }: S3Request, limitName = 'max-keys'): Limits => {
  const asked = query.get(limitName) ?? '1000';
  if (!/^\d{1,9}$/.test(asked)) throw new S3Error('InvalidArgument', `${limitName} is not a number`);
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys: Math.min(Number(asked), 1000),
  };
};

const head = (
  { bucket, query }: S3Request,
  limits: Limits,
  page: Page<unknown>,
  encoded: (text: string) => string,
) => ({
  Name: bucket,
  Prefix: encoded(limits.prefix),
  Delimiter: limits.delimiter === '' ? undefined : encoded(limits.delimiter),
  MaxKeys: limits.maxKeys,
  EncodingType: query.get('encoding-type') ?? undefined,
  IsTruncated: page.last !== undefined,
  CommonPrefixes: page.prefixes.map((common): XmlValue => ({ Prefix: encoded(common) })),
});

const facts = (version: ObjectVersion) => ({
  LastModified: iso(version.modifiedMillis),
  ETag: `"${version.etag}"`,
  ChecksumAlgorithm: version.checksum?.algorithm.toUpperCase(),
  ChecksumType: version.checksum && typeOf(version.checksum),
  Size: version.sizeBytes,
});

export const encoder = ({ query }: S3Request): ((text: string) => string) =>
  query.get('encoding-type') === 'url' ? (text) => encodeURIComponent(text).replaceAll('%2F', '/') : (text) => text;

const iso = (millis: number): string => new Date(millis).toISOString();
