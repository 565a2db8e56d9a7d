/** The parts of a multipart object, after its completion: `partNumber` of reads, and GetObjectAttributes. */
import { checksumMember, typeOf } from './checksums.ts';
import type { Handler } from './handler.ts';
import type { ObjectPart, ObjectVersion } from './model.ts';
import { checksumHeaders, versionHeader } from './object-headers.ts';
import type { S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import { namedVersion } from './versions.ts';
import { toXml } from './xml.ts';

/** `partsCount` is undefined for an object that was not uploaded in parts; it has one part, which is all of it. */
type PartOfObject = Pick<ObjectPart, 'checksum'> & {
  readonly start: number;
  readonly end: number;
  readonly partsCount: number | undefined;
};

/** The part that a read names by `partNumber`. @throws S3Error InvalidRequest, InvalidArgument, InvalidPart */
export const namedPart = ({ query, headers }: S3Request, version: ObjectVersion): PartOfObject | undefined => {
  const number = query.get('partNumber');
  if (number === null) return undefined;
  if (headers.has('range'))
    throw new S3Error('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter');
  if (!/^[1-9]\d{0,4}$/.test(number))
    throw new S3Error('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  const parts: readonly Omit<ObjectPart, 'number'>[] = version.parts ?? [version];
  const index = Number(number) - 1;
  const part = parts[index];
  // ceph/s3-tests asks for this error. The list of errors in the S3 API reference also has InvalidPartNumber (416).
  if (!part) throw new S3Error('InvalidPart', 'The requested partnumber is not satisfiable');
  const start = parts.slice(0, index).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const { checksum } = part;
  const end = start + part.sizeBytes - 1;
  return { start, end, partsCount: version.parts?.length, ...(checksum ? { checksum } : {}) };
};

/** Headers of an object, with the checksum of one part in place of the object's. */
export const partHeaders = (
  headers: Readonly<Record<string, string>>,
  { partsCount, ...part }: PartOfObject,
): Record<string, string> => {
  const type = headers['x-amz-checksum-type'];
  const others = Object.entries(headers).filter(([name]) => !name.startsWith('x-amz-checksum-'));
  return {
    ...Object.fromEntries(others),
    ...(type === undefined ? {} : { ...checksumHeaders(part), 'x-amz-checksum-type': type }),
    ...(partsCount === undefined ? {} : { 'x-amz-mp-parts-count': String(partsCount) }),
  };
};

const attributes = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'] as const;

export const getObjectAttributes: Handler = (request, { store }) => {
  const version = namedVersion(store.bucket(request.bucket), request.key, request.query.get('versionId'));
  const asked = (request.headers.get('x-amz-object-attributes') ?? '').split(',').map((name) => name.trim());
  if (asked.some((name) => !attributes.some((each) => each === name)))
    throw new S3Error('InvalidArgument', 'Invalid attribute name specified.');
  const { checksum } = version;
  const all = {
    ETag: version.etag,
    Checksum: checksum && { ...checksumMember(checksum), ChecksumType: typeOf(checksum) },
    ObjectParts: version.parts && pageOfParts(request, version.parts),
    StorageClass: 'STANDARD',
    ObjectSize: version.sizeBytes,
  };
  const headers = { ...versionHeader(version), 'last-modified': new Date(version.modifiedMillis).toUTCString() };
  const body = Object.fromEntries(attributes.flatMap((name) => (asked.includes(name) ? [[name, all[name]]] : [])));
  return { status: 200, headers, body: toXml('GetObjectAttributesResponse', body) };
};

const pageOfParts = (request: S3Request, parts: readonly ObjectPart[]) => {
  const after = wholeHeader(request, 'x-amz-part-number-marker', 0);
  const limit = Math.min(wholeHeader(request, 'x-amz-max-parts', 1000), 1000);
  const rest = parts.filter(({ number }) => number > after);
  const page = rest.slice(0, limit);
  return {
    PartsCount: parts.length,
    PartNumberMarker: after,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts: limit,
    IsTruncated: rest.length > page.length,
    Part: page.map(({ number, sizeBytes, checksum }) => ({
      PartNumber: number,
      Size: sizeBytes,
      ...checksumMember(checksum),
    })),
  };
};

const wholeHeader = ({ headers }: S3Request, name: string, absent: number): number => {
  const value = headers.get(name) ?? String(absent);
  if (!/^\d{1,9}$/.test(value)) throw new S3Error('InvalidArgument', `${name} is not a number`);
  return Number(value);
};
