/** A list of options that fields draw on; an external one is read from outside and empty until its first refresh. */
export interface Attribute {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  description: string;
  digest: string;
  options: readonly string[];
  readonly externalUrl: string | undefined;
  /** Member of each outside item that is the option's key. */
  readonly keyField: string;
  refreshedAt: string | undefined;
}

/** A salt or a solvate. */
export interface Fragment {
  readonly id: string;
  name: string;
  code: string;
  smiles: string;
}
