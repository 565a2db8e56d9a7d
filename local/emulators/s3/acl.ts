/** The access control list of a bucket or object. It is always S3's default: only the owner has rights, and has all of them. */
import type { Handler } from './handler.ts';
import { namedVersion } from './versions.ts';
import { owner, toXml } from './xml.ts';

export const getAcl: Handler = (request, { store }) => {
  const bucket = store.bucket(request.bucket);
  if (request.key !== '') namedVersion(bucket, request.key, request.query.get('versionId'));
  const Grant = { Grantee: owner, Permission: 'FULL_CONTROL' };
  return { status: 200, body: toXml('AccessControlPolicy', { Owner: owner, AccessControlList: { Grant } }) };
};
