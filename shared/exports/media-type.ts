const unknown = 'application/octet-stream';

/** The media type that the tenant names, if it can be a header of an answer and of S3: visible ASCII, of no great length. */
export const mediaTypeOf = (named: string | undefined): string =>
  named !== undefined && /^[\x20-\x7e]{1,500}$/.test(named) ? named : unknown;
