/** Port: reads the dead-letter queue of a subscription. */

export type Letter = {
  readonly body: string;
  /** The facade itself has put it there (`OutgoingMessage.reason`). */
  readonly isOwn: boolean;
  readonly sentMillis: number;
  /** For `remove`. */
  readonly receipt: string;
};

export interface Letters {
  /** Some of those that are there, at most ten, which are then hidden for a minute. Empty when there are no more. */
  receive(arn: string): Promise<readonly Letter[]>;
  remove(arn: string, letter: Letter): Promise<void>;
}
