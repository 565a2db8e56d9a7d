/** Port: replays and redrives, those under way and those of the last weeks. */

export type Replay = {
  /** `rep-` or `red-` and 16 characters of a-z and 0-9. */
  readonly id: string;
  /** `catch-up`: what came before a subscription began or while it was paused. */
  readonly kind: 'replay' | 'catch-up' | 'redrive';
  readonly subscriptionId: string;
  readonly consumerId: string;
  /** Times of receipt: `from` inclusive, `until` exclusive. Of a redrive: all dead letters that were there at `until`. */
  readonly fromMillis: number;
  readonly untilMillis: number;
  /** Counts only. */
  readonly isDryRun: boolean;
  readonly state: 'counting' | 'sending' | 'done' | 'failed';
  /** How many were found to match; final once the state is no longer `counting`. */
  readonly matching: number;
  readonly sent: number;
  /** Those that the queue refused; they are among the dead letters. */
  readonly refused: number;
  readonly cursor?: string | undefined;
  /** Events of the page at the cursor that are done already, each by a number made of its id. */
  readonly doneInPage: readonly number[];
  readonly createdAtMillis: number;
  readonly updatedAtMillis: number;
  /** Since when the queue takes nothing. */
  readonly failingSinceMillis?: number | undefined;
  /** Why it failed, does not go on, or had nothing to do. */
  readonly reason?: string | undefined;
  readonly version: number;
};

export const isUnderWay = ({ state }: Pick<Replay, 'state'>): boolean => state === 'counting' || state === 'sending';

/** How long one that is over can be read. */
export const replayKeptDays = 30;

export interface ReplayStore {
  read(subscriptionId: string, id: string): Promise<Replay | undefined>;
  /** Of a subscription, newest first, at most 100. */
  list(subscriptionId: string): Promise<readonly Replay[]>;
  /** Those of all subscriptions that are under way. */
  underWay(): Promise<readonly Replay[]>;
  /** Writes it in place of the version before its own; version 1 = a new one. @returns false when somebody else did meanwhile. */
  write(replay: Replay): Promise<boolean>;
}

/** Port: the queue of replays, apart from the ingress, so that they delay no live event. */
export interface ReplayLane {
  /** @throws when it is not known to be queued. */
  add(work: ReplayWork, delaySeconds: number): Promise<void>;
}
export type ReplayWork = { readonly subscriptionId: string; readonly replayId: string };
