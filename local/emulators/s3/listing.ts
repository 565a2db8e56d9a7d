/** ListBuckets, ListObjectsV2 and ListObjectVersions. Keys are in the order of their UTF-8 bytes. */
import type { Handler } from './handler.ts';
import { type Bucket, isDeleteMarker, type ObjectVersion } from './model.ts';
import type { S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import { toXml, type XmlValue } from './xml.ts';

const owner = { ID: 'local', DisplayName: 'local' };

export const listBuckets: Handler = (_request, { store }) => {
  const Bucket = store
    .buckets()
    .map(({ settings }) => ({ Name: settings.name, CreationDate: iso(settings.createdMillis) }));
  return { status: 200, body: toXml('ListAllMyBucketsResult', { Owner: owner, Buckets: { Bucket } }) };
};

export const listObjects: Handler = (request, { store }) => {
  const bucket = store.bucket(request.bucket);
  if (request.query.get('list-type') !== '2')
    throw new S3Error('NotImplemented', 'The twin lists with ListObjectsV2 only');
  const limits = readLimits(request);
  const token = request.query.get('continuation-token');
  const after =
    token === null ? (request.query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString('utf8');
  const rows = sortedKeys(bucket).flatMap((key) => {
    const newest = bucket.keys.get(key)?.[0];
    return newest && !isDeleteMarker(newest) ? [{ key, version: newest }] : [];
  });
  const page = paginate(rows, limits, ({ key }) => isAfter(key, after, limits));
  const encoded = encoder(request);
  const Contents = page.rows.map(({ key, version }) => ({
    Key: encoded(key),
    ...facts(version),
    StorageClass: 'STANDARD',
  }));
  const body = {
    ...head(request, limits, page, encoded),
    KeyCount: page.rows.length + page.prefixes.length,
    ContinuationToken: token ?? undefined,
    NextContinuationToken: page.last === undefined ? undefined : Buffer.from(page.last).toString('base64url'),
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
const paginate = <Row extends { key: string }>(
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
const isAfter = (key: string, marker: string, { prefix, delimiter }: Limits): boolean =>
  marker === '' || (compareKeys(key, marker) > 0 && commonPrefix(key, prefix, delimiter) !== marker);

const sortedKeys = (bucket: Bucket): string[] => [...bucket.keys.keys()].sort(compareKeys);

const compareKeys = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const readLimits = ({ query }: S3Request): Limits => {
  const asked = query.get('max-keys') ?? '1000';
  if (!/^\d{1,9}$/.test(asked)) throw new S3Error('InvalidArgument', 'max-keys is not a number');
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
  Size: version.sizeBytes,
});

const encoder = ({ query }: S3Request): ((text: string) => string) =>
  query.get('encoding-type') === 'url' ? (text) => encodeURIComponent(text).replaceAll('%2F', '/') : (text) => text;

const iso = (millis: number): string => new Date(millis).toISOString();
