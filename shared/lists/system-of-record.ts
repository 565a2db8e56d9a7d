/** Port: one HTTP call to a system of record. */
export type RecordCall = {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  /** Its value is a secret. It goes to the origin of `url` and to no other. */
  readonly header?: { readonly name: string; readonly value: string } | undefined;
  readonly body?: Uint8Array | undefined;
  /** The largest body of an answer that is read. */
  readonly mostBytes: number;
  /** How long all of it may take: look-up, redirects and the whole body. */
  readonly mostMillis: number;
};

export type RecordAnswer = { readonly status: number; readonly body: Uint8Array };

export interface SystemOfRecord {
  /**
   * Connects only to addresses in the networks of the stage, checked after DNS. A GET follows three redirects at most, each checked alike and
   * without the header where it leads to another origin. A write follows none. It never repeats a call.
   * @throws AppError ADDRESS_REFUSED; SOURCE_LATE; SOURCE_FAILED for a connection that fails, with `sent: false` where nothing was sent;
   * RECORDS_UNREADABLE for an answer that is too large, coded or no HTTP.
   */
  call(call: RecordCall): Promise<RecordAnswer>;
}
