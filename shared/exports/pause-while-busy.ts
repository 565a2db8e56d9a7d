/** Pauses after "no free export worker", which is no matter of the quota. */
const busySeconds = [5, 10, 20, 40] as const;
const longestSeconds = 60;

/** @param busy how often the tenant had none before. @returns seconds until it is asked again. */
export const pauseWhileBusy = (busy: number): number => busySeconds[busy] ?? longestSeconds;
