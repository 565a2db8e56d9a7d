/** Options that every command of the stage's API has. */
export const commonOptions = {
  url: { type: 'string' },
  stage: { type: 'string' },
  region: { type: 'string' },
  'key-file': { type: 'string' },
  json: { type: 'boolean' },
  wait: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Options that some commands have because of what their route answers or does. */
export const addedOptions = {
  /** Lists. */
  most: { type: 'string' },
  /** Commands that ask first. */
  yes: { type: 'boolean', short: 'y' },
  /** Files. */
  output: { type: 'string' },
  /** Secrets that are shown once. */
  'new-key-file': { type: 'string' },
} as const;

export type CommonValues = {
  readonly url?: string | undefined;
  readonly stage?: string | undefined;
  readonly region?: string | undefined;
  readonly 'key-file'?: string | undefined;
  readonly json?: boolean | undefined;
  readonly wait?: string | undefined;
  readonly help?: boolean | undefined;
  readonly most?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly output?: string | undefined;
  readonly 'new-key-file'?: string | undefined;
};
