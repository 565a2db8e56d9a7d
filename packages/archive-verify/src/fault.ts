/** What can be wrong with an archive. docs/archive-format.md says what each code means. */

export const faultCodes = [
  'manifest-unreadable',
  'manifest-misplaced',
  'manifest-missing',
  'chain-broken',
  'chain-forked',
  'tail-cut',
  'tail-unsealed',
  'head-missing',
  'head-unreadable',
  'head-signature',
  'head-mismatch',
  'key-doubtful',
  'document-missing',
  'document-changed',
  'document-doubled',
  'document-without-manifest',
  'segment-unreadable',
  'segment-changed',
  'segment-misplaced',
  'segment-missing',
  'stray-object',
  'delete-marker',
  'extra-version',
  'lock-missing',
  'lock-shortened',
  'lock-weakened',
  'hold-missing',
  'catalogue-unreadable',
  'catalogue-gap',
  'catalogue-mismatch',
  'catalogue-lacks',
] as const;

/** `subject` is a key of the archive, or a number of the chain as text. */
export type Fault = { readonly code: (typeof faultCodes)[number]; readonly subject: string; readonly detail: string };

export type Report = (code: Fault['code'], subject: string | number, detail: string) => void;

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
