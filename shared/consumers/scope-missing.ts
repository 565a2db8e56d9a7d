/** The text of a refusal because of a missing scope. */
import { AppError } from '../errors/app-error.ts';
import type { Consumer } from '../exchange/consumer.ts';
import { adminGroups } from './consumer.ts';

/** Which of these scopes `*` does not stand for, in a sentence with a blank before it; empty where it stands for all. */
export const starNote = (scopes: readonly string[]): string => {
  const groups = scopes.map((scope) => scope.split(':')[0] ?? '').filter((group) => adminGroups.includes(group));
  const named = [...new Set(groups)];
  if (named.length === 0) return '';
  return ` "*" does not cover the ${named.length > 1 ? 'groups' : 'group'} ${named.join(' and ')}: a scope must name ${named.length > 1 ? 'each' : 'it'}.`;
};

/** @param missing the scopes that the consumer lacks, all of which are needed. */
export const scopeMissing = ({ id, scopes }: Consumer, missing: readonly string[]): AppError =>
  new AppError('SCOPE_MISSING', {
    detail: `This operation needs the scope ${missing.join(' and ')}; ${id} has ${scopes.join(', ') || 'none'}.${starNote(missing)}`,
  });
