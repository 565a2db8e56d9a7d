/**
 * The daily verification. A round goes through four passes in portions, and notes after some of them where it stands. So a run may end, or be
 * killed, at any point, and the next run goes on.
 */
import { checkCatalogue } from './catalogue-pass.ts';
import { type FaultBook, isOfPass, openFaultBook } from './fault-book.ts';
import { checkHeads } from './heads-pass.ts';
import { checkInventory } from './inventory-pass.ts';
import { checkObjects } from './objects-pass.ts';
import type { Portion, Running, VerificationParts } from './parts.ts';
import { type Pass, passes, type VerificationState } from './verification-record.ts';

/** A round begins so long after the one before began. */
const roundMillis = 86_400_000;
/** The state may have 300 KB (marks.ts), so it is not written after each portion. A run that is killed repeats as much. */
const saveMillis = 20_000;

const portions: Readonly<Record<Pass, Portion>> = {
  heads: checkHeads,
  catalogue: checkCatalogue,
  inventory: checkInventory,
  objects: checkObjects,
};

/** `faults` are all that are open. `ended` = the round came to its end in this run. */
export type RunReport = {
  readonly isDue: boolean;
  readonly pass?: Pass;
  readonly faults: number;
  readonly ended?: { readonly documents: number };
};

const begin = async (parts: VerificationParts, state: VerificationState, book: FaultBook): Promise<Running> => {
  const { store, nowMillis, cycleDays, fewestDocuments } = parts;
  const { number: sealed } = await store.readSeal();
  const faulty = book.open().flatMap(({ pass, number }) => (pass === 'objects' && number !== undefined ? number : []));
  return {
    ...state,
    round: {
      ...{ startedAtMillis: nowMillis(), pass: 'heads', passStartedAtMillis: nowMillis() },
      ...{ place: { number: 0, hashes: [null] }, sealed, newestHead: 0 },
      recheck: [...new Set(faulty)],
      target: Math.max(fewestDocuments, Math.ceil(sealed / cycleDays)),
      ...{ documents: 0, cycleDocuments: 0 },
    },
  };
};

/** Ends a pass: what it has not found again is mended. Objects are closed one by one, as they are read. */
const endPass = async (state: Running, book: FaultBook, nowMillis: number): Promise<VerificationState> => {
  const { round } = state;
  if (round.pass !== 'objects') await book.close(isOfPass(round.pass), round.passStartedAtMillis);
  const next = passes[passes.indexOf(round.pass) + 1];
  if (next) return { ...state, round: { ...round, pass: next, passStartedAtMillis: nowMillis, afterKey: undefined } };
  const { startedAtMillis, documents } = round;
  return { ...state, round: undefined, last: { startedAtMillis, documents, endedAtMillis: nowMillis } };
};

const isRunning = (state: VerificationState): state is Running => state.round !== undefined;

const isDue = ({ round, last }: VerificationState, nowMillis: number): boolean =>
  round !== undefined || last === undefined || nowMillis - last.startedAtMillis >= roundMillis;

/**
 * Begins a round when it is due, or goes on with the one that is under way, until it is over or `isTimeLeft` says no.
 * @throws Error when a store or S3 cannot be read, or when another run is at work. The next run goes on where the state was noted last.
 */
export const verifyForAWhile = async (parts: VerificationParts, isTimeLeft: () => boolean): Promise<RunReport> => {
  const { notes, nowMillis, onFault } = parts;
  const known = await notes.read();
  const book = await openFaultBook(notes, nowMillis, onFault);
  if (!isDue(known, nowMillis())) return { isDue: false, faults: book.open().length };
  let state: VerificationState = known.round ? known : await begin(parts, known, book);
  let savedAtMillis = nowMillis();
  const save = async (): Promise<void> => {
    state = { ...state, version: state.version + 1 };
    if (!(await notes.write(state))) throw new Error('Another run of the verification is at work.');
    savedAtMillis = nowMillis();
  };
  while (isRunning(state) && isTimeLeft()) {
    const { pass } = state.round;
    const done = await portions[pass](parts, state, book);
    await book.flush();
    state = done.isOver ? await endPass(done.state, book, nowMillis()) : done.state;
    if (done.isOver || nowMillis() - savedAtMillis >= saveMillis) await save();
  }
  const faults = book.open().length;
  if (isRunning(state)) {
    await save();
    return { isDue: true, pass: state.round.pass, faults };
  }
  return { isDue: true, faults, ended: { documents: state.last?.documents ?? 0 } };
};
