/** Buckets and their settings: create, head, delete, versioning, object lock. */
import type { Handler } from './handler.ts';
import { isMode } from './lock.ts';
import type { DefaultRetention } from './model.ts';
import { S3Error } from './s3-error.ts';
import { readDocument } from './verified-body.ts';
import { find, parseXmlAs, textOf, toXml, type XmlElement } from './xml.ts';

const region = 'us-east-1';

export const createBucket: Handler = async (request, { store }) => {
  await readDocument(request);
  const name = request.bucket;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name))
    throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.');
  // In us-east-1 only, a bucket of one's own may be created again (CreateBucket, "BucketAlreadyOwnedByYou").
  if (store.hasBucket(name)) return { status: 200, headers: { location: `/${name}` } };
  const isLocked = request.headers.get('x-amz-bucket-object-lock-enabled')?.toLowerCase() === 'true';
  const lock = isLocked ? { lock: {} } : {};
  store.addBucket({ name, createdMillis: request.nowMillis, versioning: isLocked ? 'Enabled' : 'Never', ...lock });
  return { status: 200, headers: { location: `/${name}` } };
};

export const headBucket: Handler = (request, { store }) => {
  store.bucket(request.bucket);
  return { status: 200, headers: { 'x-amz-bucket-region': region } };
};

export const deleteBucket: Handler = (request, { store }) => {
  const bucket = store.bucket(request.bucket);
  if (bucket.keys.size > 0)
    throw new S3Error('BucketNotEmpty', 'The bucket you tried to delete is not empty, versions included');
  store.removeBucket(bucket);
  return { status: 204 };
};

export const getBucketVersioning: Handler = (request, { store }) => {
  const { versioning } = store.bucket(request.bucket).settings;
  return { status: 200, body: toXml('VersioningConfiguration', versioning === 'Never' ? {} : { Status: versioning }) };
};

export const putBucketVersioning: Handler = async (request, { store }) => {
  const status = textOf(parseXmlAs('VersioningConfiguration', await readDocument(request)), 'Status');
  const bucket = store.bucket(request.bucket);
  if (status !== 'Enabled' && status !== 'Suspended')
    throw new S3Error('MalformedXML', 'Status is Enabled or Suspended');
  if (status === 'Suspended' && bucket.settings.lock)
    throw new S3Error(
      'InvalidBucketState',
      'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
    );
  bucket.settings.versioning = status;
  store.saveSettings(bucket);
  return { status: 200 };
};

export const getObjectLockConfiguration: Handler = (request, { store }) => {
  const { lock } = store.bucket(request.bucket).settings;
  if (!lock)
    throw new S3Error(
      'ObjectLockConfigurationNotFoundError',
      'Object Lock configuration does not exist for this bucket',
    );
  const rule = lock.defaultRetention;
  const Rule = rule && { DefaultRetention: { Mode: rule.mode, [rule.unit]: rule.count } };
  return { status: 200, body: toXml('ObjectLockConfiguration', { ObjectLockEnabled: 'Enabled', Rule }) };
};

export const putObjectLockConfiguration: Handler = async (request, { store }) => {
  const document = parseXmlAs('ObjectLockConfiguration', await readDocument(request));
  const bucket = store.bucket(request.bucket);
  if (textOf(document, 'ObjectLockEnabled') !== 'Enabled')
    throw new S3Error('MalformedXML', 'ObjectLockEnabled is Enabled');
  if (bucket.settings.versioning !== 'Enabled')
    throw new S3Error(
      'InvalidBucketState',
      "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
    );
  const rule = find(document, 'Rule', 'DefaultRetention');
  bucket.settings.lock = rule ? { defaultRetention: parseDefaultRetention(rule) } : {};
  store.saveSettings(bucket);
  return { status: 200 };
};

const parseDefaultRetention = (rule: XmlElement): DefaultRetention => {
  const mode = textOf(rule, 'Mode');
  const days = textOf(rule, 'Days');
  const years = textOf(rule, 'Years');
  const count = Number(days ?? years);
  const hasOneUnit = (days === undefined) !== (years === undefined);
  if (!isMode(mode) || !hasOneUnit)
    throw new S3Error('MalformedXML', 'DefaultRetention has a Mode and either Days or Years');
  if (!Number.isInteger(count) || count < 1 || count > 36_500)
    throw new S3Error('InvalidRetentionPeriod', 'Default retention period must be a positive integer value.');
  return { mode, unit: days === undefined ? 'Years' : 'Days', count };
};
