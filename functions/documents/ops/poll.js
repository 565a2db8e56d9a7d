/*
 * Asks again and again: never twice at once, not while nobody sees the page, and less often after errors. A poll begins anew as soon as
 * the page is seen again.
 */
const longestPauseMillis = 60_000;

/** @param ask gets the answer and shows it. @param onState is told how it stands: `{ error, askedMillis, nextMillis }`. */
export const createPoll = ({ everyMillis, ask, onState }) => {
  let timer;
  let isAsking = false;
  let failures = 0;
  let isStopped = false;
  /** Somebody has acted since the last answer was asked for. */
  let isWanted = false;

  const plan = (waitMillis) => {
    clearTimeout(timer);
    if (isStopped || document.hidden) return;
    timer = setTimeout(run, waitMillis);
  };
  const pauseMillis = () => Math.min(longestPauseMillis, everyMillis * 2 ** failures);

  const run = async () => {
    if (isAsking || isStopped || document.hidden) return;
    isAsking = true;
    isWanted = false;
    let error;
    try {
      await ask();
      failures = 0;
    } catch (cause) {
      error = cause;
      failures += 1;
    }
    isAsking = false;
    if (isStopped) return;
    onState({ error, askedMillis: Date.now(), nextMillis: Date.now() + pauseMillis() });
    plan(isWanted ? 0 : pauseMillis());
  };
  const look = () => plan(0);
  document.addEventListener('visibilitychange', look);

  return {
    /** Asks now, or as soon as the answer that is on its way is there. */
    now() {
      isWanted = true;
      plan(0);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    },
  };
};
