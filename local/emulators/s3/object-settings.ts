/** Settings of a stored version that change without a new write: tags, retention, legal hold. */
import type { Handler, S3Context } from './handler.ts';
import { assertLockEnabled, assertRetentionChange, parseHold, parseRetention, permissionOf } from './lock.ts';
import type { ObjectVersion } from './model.ts';
import { checkedTags, versionHeader } from './object-headers.ts';
import type { S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import { readDocument } from './verified-body.ts';
import { namedVersion, replaceVersion } from './versions.ts';
import { childrenOf, find, parseXmlAs, textOf, toXml } from './xml.ts';

export const getObjectTagging: Handler = (request, context) => {
  const version = versionOf(request, context);
  const Tag = Object.entries(version.tags).map(([Key, Value]) => ({ Key, Value }));
  return { status: 200, headers: versionHeader(version), body: toXml('Tagging', { TagSet: { Tag } }) };
};

export const putObjectTagging: Handler = async (request, context) => {
  const tagSet = find(parseXmlAs('Tagging', await readDocument(request)), 'TagSet');
  const pairs = childrenOf(tagSet, 'Tag').map(
    (tag) => [find(tag, 'Key')?.text ?? '', find(tag, 'Value')?.text ?? ''] as const,
  );
  return change(request, context, 200, (version) => ({ ...version, tags: checkedTags(pairs) }));
};

export const deleteObjectTagging: Handler = (request, context) =>
  change(request, context, 204, (version) => ({ ...version, tags: {} }));

export const getObjectRetention: Handler = (request, context) => {
  assertLockEnabled(context.store.bucket(request.bucket));
  const { retention } = versionOf(request, context);
  if (!retention) throw noLock();
  const body = { Mode: retention.mode, RetainUntilDate: new Date(retention.untilMillis).toISOString() };
  return { status: 200, body: toXml('Retention', body) };
};

/** An empty document takes the retention away, which only an expired one or the bypass of GOVERNANCE permits. */
export const putObjectRetention: Handler = async (request, context) => {
  const document = parseXmlAs('Retention', await readDocument(request));
  assertLockEnabled(context.store.bucket(request.bucket));
  const [mode, until] = [textOf(document, 'Mode'), textOf(document, 'RetainUntilDate')];
  const next =
    mode === undefined && until === undefined
      ? undefined
      : parseRetention(mode, until, request.nowMillis, 'MalformedXML');
  return change(request, context, 200, (version) => {
    assertRetentionChange(version, next, permissionOf(request));
    const { retention: _, ...others } = version;
    return next ? { ...others, retention: next } : others;
  });
};

export const getObjectLegalHold: Handler = (request, context) => {
  assertLockEnabled(context.store.bucket(request.bucket));
  const { legalHold } = versionOf(request, context);
  if (legalHold === undefined) throw noLock();
  return { status: 200, body: toXml('LegalHold', { Status: legalHold ? 'ON' : 'OFF' }) };
};

export const putObjectLegalHold: Handler = async (request, context) => {
  const status = textOf(parseXmlAs('LegalHold', await readDocument(request)), 'Status');
  assertLockEnabled(context.store.bucket(request.bucket));
  if (status === undefined) throw new S3Error('MalformedXML', 'LegalHold has a Status');
  const legalHold = parseHold(status, 'MalformedXML');
  return change(request, context, 200, (version) => ({ ...version, legalHold }));
};

const change = (
  request: S3Request,
  context: S3Context,
  status: number,
  edit: (version: ObjectVersion) => ObjectVersion,
) => {
  const edited = edit(versionOf(request, context));
  replaceVersion(context.store, context.store.bucket(request.bucket), request.key, edited);
  return { status, headers: versionHeader(edited) };
};

const versionOf = (request: S3Request, { store }: S3Context): ObjectVersion =>
  namedVersion(store.bucket(request.bucket), request.key, request.query.get('versionId'));

const noLock = (): S3Error =>
  new S3Error('NoSuchObjectLockConfiguration', 'The specified object does not have a ObjectLock configuration');
