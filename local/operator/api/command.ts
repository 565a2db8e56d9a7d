/** A command of the stage's API: one route of the facade, under a noun and a verb. */
import type { RouteDefinition } from '../../../shared/routes/route.ts';

/** What a row of the table says beyond its route. */
type Row = {
  /** Id of the route: `createConsumerKey`. */
  readonly route: string;
  /** What it does; absent = the summary of the route. */
  readonly about?: string;
  /** Attributes of the body that make this verb what it is: `state` of `pause`. Such a command takes no other attributes. */
  readonly sets?: Readonly<Record<string, unknown>>;
  /** Attributes of the body that are words after those of the path, and not options. */
  readonly words?: readonly string[];
  /** Attributes that a list shows beside the id; absent = all that hold one value. */
  readonly columns?: readonly string[];
  /** It takes something away that a repeated command does not bring back, so it asks first. True of every DELETE. */
  readonly asks?: true;
  /** The route lists; the command shows the one entry with the id that is given. */
  readonly picks?: true;
  /** Attribute of the body that is a secret: it is read without an echo, or from standard input, and is never an argument. */
  readonly secretIn?: string;
  /** Attribute of the answer that is a secret, which nothing shows again. */
  readonly secretOut?: string;
};

export type Noun = {
  readonly about: string;
  readonly verbs: Readonly<Record<string, Row>>;
};

export type Command = Omit<Row, 'route' | 'about' | 'asks'> & {
  readonly noun: string;
  readonly verb: string;
  readonly about: string;
  readonly asks: boolean;
  readonly route: RouteDefinition;
};

/** `consumers create`. */
export const nameOf = ({ noun, verb }: Pick<Command, 'noun' | 'verb'>): string => `${noun} ${verb}`;
