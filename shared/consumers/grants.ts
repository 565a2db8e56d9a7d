/** What an administrator may grant: nothing that it could not do itself. */

import { AppError } from '../errors/app-error.ts';
import type { Consumer } from '../exchange/consumer.ts';
import type { CredentialKind } from '../exchange/credential.ts';
import { holdsScope, marksBeyond, scopesBeyond } from './consumer.ts';
import { starNote } from './scope-missing.ts';
import type { ConsumerRecord } from './store.ts';

const kindsOf = ({ actsAs = ['service'] }: Consumer): readonly CredentialKind[] => actsAs;

/** An administrator of people's tokens also decides which consumers may use them, and which must. */
const decidesOnTokens = (by: Consumer): boolean => holdsScope(by, 'tokens', 'write');

/** A consumer keeps what it has. A token that a caller sends gives it no more rights. */
const mayGiveKind = (by: Consumer, { id }: Consumer, kind: CredentialKind): boolean =>
  kind === 'bearer' || decidesOnTokens(by) || (kindsOf(by).includes(kind) && (kind === 'service' || by.id === id));

/** @param lacks scopes that it does not hold. @param what would need them, if the scopes do not say it themselves. */
const refused = (by: Consumer, lacks: readonly string[], what?: string): AppError => {
  const scopes = lacks.join(', ');
  const why =
    what === undefined ? `${by.id} does not hold ${scopes} itself` : `${what} needs ${scopes}, which ${by.id} lacks`;
  return new AppError('GRANT_REFUSED', {
    detail: `${why}. So it cannot give that to another consumer, nor a key of one that has it. It may suspend the consumer and revoke its keys.${starNote(lacks)}`,
  });
};

/**
 * Operations that must carry a person's name must stay so.
 * @param before whose `userAttributed` counts.
 * @throws AppError GRANT_REFUSED if `by` may not release `after` from it.
 */
export const ensureKeepsMarks = (by: Consumer, before: Consumer, after: Consumer): void => {
  if (decidesOnTokens(by) || !kindsOf(after).includes('service')) return;
  const dropped = marksBeyond(after, before.userAttributed ?? []);
  if (dropped.length > 0)
    throw refused(by, ['tokens:write'], `To let another do ${dropped.join(', ')} without a person's name`);
};

/**
 * Letting calls for people without a link run as the service account is a decision about people's tokens.
 * @throws AppError GRANT_REFUSED if `by` may not decide that, and `after` falls back where `before` did not.
 */
export const ensureMayFallBack = (by: Consumer, before: Consumer | undefined, after: Consumer): void => {
  if (after.withoutLink !== 'service' || before?.withoutLink === 'service' || decidesOnTokens(by)) return;
  throw refused(by, ['tokens:write'], 'To set withoutLink to service');
};

/** @throws AppError GRANT_REFUSED if `by` may not do everything that these consumers may. */
export const ensureMayGrant = (by: Consumer, ...consumers: readonly Consumer[]): void => {
  const scopes = new Set(consumers.flatMap((consumer) => scopesBeyond(by, consumer.scopes)));
  if (scopes.size > 0) throw refused(by, [...scopes]);
  const kinds = new Set(
    consumers.flatMap((consumer) => kindsOf(consumer).filter((kind) => !mayGiveKind(by, consumer, kind))),
  );
  if (kinds.size > 0) throw refused(by, ['tokens:write'], `To let another act as ${[...kinds].join(', ')}`);
  for (const consumer of consumers) ensureKeepsMarks(by, by, consumer);
};

/**
 * The acting consumer. If it changes itself, it is judged by its record at that moment, so that it cannot undo its own
 * suspension with a call that was admitted before.
 * @throws AppError GRANT_REFUSED if it no longer administers.
 */
export const actorAt = (by: Consumer, { consumer }: ConsumerRecord): Consumer => {
  if (by.id !== consumer.id) return by;
  const isSame = (by.incarnation ?? consumer.incarnation) === consumer.incarnation;
  if (isSame && consumer.state === 'active' && holdsScope(consumer, 'consumers', 'write')) return consumer;
  throw new AppError('GRANT_REFUSED', { detail: `${by.id} may no longer administer consumers.` });
};
