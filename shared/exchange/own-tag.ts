/**
 * The ETag that the facade makes where the upstream sends none but its documents carry a version stamp: `"<version>~<hash>"`.
 * The stamp alone would not do, not even in If-None-Match: the time of change of a record, and what is included of its
 * children, move without it. In If-Match of a write it does, for the upstream asks no more.
 */
import { createHash } from 'node:crypto';

/** Characters that may stand in a tag (RFC 9110, 8.8.3), without the separator used here. */
const isTaggable = (version: string): boolean => /^[!#-}]{1,128}$/.test(version);

/** Undefined without a version that may stand in a tag. */
export const ownTagOf = (version: string | undefined, body: Uint8Array): { readonly value: string } | undefined => {
  if (version === undefined || !isTaggable(version)) return undefined;
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 16);
  return { value: `"${version}~${hash}"` };
};

/** The version in a tag of the facade's own, or in a bare version stamp, quoted or not. */
export const versionInTag = (tag: string): string =>
  tag
    .trim()
    .replace(/^W\//, '')
    .replace(/^"|"$/g, '')
    .replace(/~[\w-]{16}$/, '');
