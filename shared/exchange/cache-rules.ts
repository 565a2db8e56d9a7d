/**
 * The cache's rules for one upstream: which purges end an answer, which purges a write makes, what a stored document says about its
 * record, and where the upstream lists changes that were not made through the facade.
 */
import type { OperationMatch } from '../catalogue/catalogue.ts';
import type { Operation } from '../catalogue/operation.ts';
import type { Headers } from '../http/headers.ts';

/** Where a purge is counted: see cache/store.ts. */
type Tag = string;

/** Texts of a write that may name records; undefined = the text exists but could not be read. */
export type WriteTexts = {
  readonly target: string;
  readonly request: string | undefined;
  readonly answer: string | undefined;
};

/** A write before it is sent. */
export type Written = OperationMatch & Pick<WriteTexts, 'target' | 'request'>;

/** Ids of the records above a record; undefined = not known. */
export type AncestorsOf = (id: string) => Promise<readonly string[] | undefined>;

/**
 * The version of a record, as its document and the listing of changes show it. If two show the same stamp, the record and all
 * that is inside it have not changed in between.
 */
export type RecordStamp = {
  /** The record's time of change, by the upstream's clock. A change of anything inside the record moves it, too. */
  readonly editedAtMillis: number;
  /** Hash of what the record says of itself. It stays when only something inside it changes. */
  readonly own: string;
};

export type DocumentFacts = {
  /** Version stamp of the record: it becomes the ETag, and comes back in If-Match. */
  readonly version?: string | undefined;
  readonly ancestors?: readonly string[] | undefined;
  /** Undefined = the document does not say it. */
  readonly stamp?: RecordStamp | undefined;
  /**
   * Whether every change of what the document shows is a change of one record of this type, which the change feed lists, or of
   * records inside it.
   */
  readonly showsOnly: (type: string) => boolean;
  /** Types of the records inside it that the document shows. */
  readonly insideTypes: readonly string[];
  /** Whether the record can only change by an act that reopens it. */
  readonly isFinal: boolean;
};

export type FeedQuery = {
  /** By the tenant's clock. */
  readonly sinceMillis: number;
  /** Types of records to list; undefined = those that the tenant lists by itself. */
  readonly types: readonly string[] | undefined;
  /** Trashed records, or all others. No listing has both. */
  readonly trashed: boolean;
  readonly offset: number;
  readonly limit: number;
};

/** A record as the listing shows it, for uses beyond purges. Instants are by the upstream's clock. */
export type ListedChange = {
  readonly eid: string;
  readonly state?: string | undefined;
  readonly createdAtMillis?: number | undefined;
  readonly editedAtMillis?: number | undefined;
  readonly stamp?: RecordStamp | undefined;
  /** Ids of the records that it is inside; undefined = the listing does not name them. */
  readonly ancestors?: readonly string[] | undefined;
};

type FeedPage = {
  readonly eids: readonly string[];
  readonly changes?: readonly ListedChange[];
  /** Where the next page begins; undefined = this was the last. */
  readonly nextOffset: number | undefined;
  /** The principal whose rights the page shows; undefined = not known. */
  readonly principal: string | undefined;
  /** The tenant's clock when it answered; undefined if the answer has no time. */
  readonly tenantMillis: number | undefined;
};

/** Port: what changed since an instant. */
export interface ChangeFeed {
  /** @throws AppError REQUEST_INVALID when the tenant does not know the types; any other error = no answer. */
  list(query: FeedQuery): Promise<FeedPage>;
}

/** Asks the upstream by `GET` for a path and query below the base path; `principal` is whose rights the answer has. */
export type AskUpstream = (pathAndQuery: string) => Promise<{
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly principal?: string;
}>;

/** How the upstream lists what changed. */
export type ChangeRules = {
  readonly feed: (ask: AskUpstream) => ChangeFeed;
  /** Types of records that the feed is asked for. */
  readonly types: readonly string[];
  /** What the upstream lists when it is asked for no types. */
  readonly defaultTypes: readonly string[];
  /** The type under which the feed lists the record of an answer; undefined = the feed does not list it. */
  readonly typeOf: (match: OperationMatch, status: number) => string | undefined;
  /** Types of the records that cannot have a parent. */
  readonly topTypes: readonly string[];
  /** Whether a record cannot have a parent. Rights depend on parents, so changes of such records are remembered. */
  readonly isTop: (id: string) => boolean;
  /** The purges that end every answer whose changes the feed lists. */
  readonly everyRecord: readonly Tag[];
};

export type CacheRules = {
  /** The canonical name of a record's id. The name of a name is the name itself. */
  readonly nameOf: (id: string) => string;
  /** The purges that end an answer of this operation; `target` is its path with the query. */
  readonly tagsOfRead: (match: OperationMatch, target: string) => readonly Tag[];
  /** The wide tags that a write purges whatever its outcome. They are known before it is sent. */
  readonly wideTagsOfWrite: (write: Written) => readonly Tag[];
  /**
   * Whether every answer that a wide tag ends lives for the published bound at most, whatever the sweep verifies. So a write that dies
   * needs no purge of it.
   */
  readonly isShortLived: (tag: Tag) => boolean;
  /** All purges that a write makes, the wide ones included, after its answer has come or is certain not to come. */
  readonly tagsOfWrite: (match: OperationMatch, texts: WriteTexts, ancestorsOf: AncestorsOf) => Promise<readonly Tag[]>;
  /** Whether the job that an operation reads may have changed records. Each such read then counts as a write. */
  readonly jobMayChange: (operation: Operation) => boolean;
  /** @param document parsed JSON of any shape. Undefined = it shows no record. */
  readonly readDocument: (document: unknown) => DocumentFacts | undefined;
  /** Absent = the upstream lists no changes, and no answer lives longer than the published bound. */
  readonly changes?: ChangeRules;
};
