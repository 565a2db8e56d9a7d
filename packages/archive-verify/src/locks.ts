/** Object Lock as it is, against what a document of the archive promises. */
import type { Report } from './fault.ts';
import type { Content, Lock } from './source.ts';

/** Nothing is reported where the source knows no locks, or the archive has none. */
export const checkLock = (
  key: string,
  { lock: actual }: Pick<Content, 'lock'>,
  promised: Lock,
  report: Report,
): void => {
  if (!actual || promised.retainUntil === null) return;
  if (actual.retainUntil === null || actual.lockMode === null) {
    report(
      'lock-missing',
      key,
      `it is not locked; the archive promises ${promised.lockMode} until ${promised.retainUntil}`,
    );
    return;
  }
  if (promised.lockMode === 'COMPLIANCE' && actual.lockMode !== 'COMPLIANCE')
    report('lock-weakened', key, `its lock is ${actual.lockMode}; the archive promises COMPLIANCE`);
  // S3 keeps whole seconds in some answers, so a fraction is no difference.
  if (Date.parse(actual.retainUntil) < Math.floor(Date.parse(promised.retainUntil) / 1000) * 1000)
    report(
      'lock-shortened',
      key,
      `its lock ends at ${actual.retainUntil}; the archive promises ${promised.retainUntil}`,
    );
};

/** @param isWanted whether the catalogue says that a legal hold lies on the experiment. Nothing is reported where the source knows no holds. */
export const checkHold = (
  key: string,
  { isHeld }: Pick<Content, 'isHeld'>,
  isWanted: boolean,
  report: Report,
): void => {
  if (isWanted && isHeld === false)
    report('hold-missing', key, 'a legal hold lies on the experiment, and none on this object');
};
