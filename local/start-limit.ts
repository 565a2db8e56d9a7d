/**
 * How long a process of the twin may take until it answers. A limit for what never starts, not for what starts slowly:
 * Lambda's own 10 s hold for a machine that does nothing else, and a laptop under load needs several times as much.
 */
export const startLimitMillis = 300_000;
