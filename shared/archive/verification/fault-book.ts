/** The open faults of the archive: those that are found again keep the time of their first finding, those that are not are closed. */
import type { Report } from '../../../packages/archive-verify/src/fault.ts';
import { versionOfKey } from '../keys.ts';
import { faultIdOf, mostFaults, type OpenFault, type Pass, type VerificationStore } from './verification-record.ts';

type About = Pick<OpenFault, 'pass' | 'entity' | 'number'>;

export type FaultBook = {
  /** For the code that verifies. What it reports is written by `flush`. */
  reporter(about: About): Report;
  flush(): Promise<void>;
  /** Closes the faults that `isChecked` names and that were not found since then. */
  close(isChecked: (fault: OpenFault) => boolean, sinceMillis: number): Promise<void>;
  readonly open: () => readonly OpenFault[];
};

/** @param onNew called once for each fault that was not open before. */
export const openFaultBook = async (
  store: Pick<VerificationStore, 'listFaults' | 'putFault' | 'removeFault'>,
  nowMillis: () => number,
  onNew: (fault: OpenFault) => void,
): Promise<FaultBook> => {
  const faults = new Map((await store.listFaults()).map((fault) => [faultIdOf(fault), fault]));
  const found = new Set<string>();

  const note = (fault: OpenFault): void => {
    const id = faultIdOf(fault);
    const known = faults.get(id);
    if (!known && faults.size >= mostFaults) return;
    if (!known) onNew(fault);
    faults.set(id, known ? { ...fault, firstFoundAtMillis: known.firstFoundAtMillis } : fault);
    found.add(id);
  };

  return {
    reporter:
      ({ pass, entity, number }) =>
      (code, subject, detail) => {
        const eid = entity ?? versionOfKey(String(subject))?.eid;
        note({
          ...{ code, subject: String(subject), detail, pass },
          ...(eid === undefined ? {} : { entity: eid }),
          ...(number === undefined ? {} : { number }),
          ...{ firstFoundAtMillis: nowMillis(), lastFoundAtMillis: nowMillis() },
        });
      },
    async flush() {
      for (const id of found) {
        const fault = faults.get(id);
        if (fault) await store.putFault(fault);
        found.delete(id);
      }
    },
    async close(isChecked, sinceMillis) {
      for (const [id, fault] of faults) {
        if (fault.lastFoundAtMillis >= sinceMillis || !isChecked(fault)) continue;
        await store.removeFault(id);
        faults.delete(id);
      }
    },
    open: () => [...faults.values()],
  };
};

/** Since when there is a fault; undefined = there is none. */
export const faultySinceMillis = (faults: readonly OpenFault[]): number | undefined =>
  faults.length === 0 ? undefined : Math.min(...faults.map(({ firstFoundAtMillis }) => firstFoundAtMillis));

export const isOfPass =
  (pass: Pass) =>
  (fault: OpenFault): boolean =>
    fault.pass === pass;
