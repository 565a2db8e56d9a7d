/** Calls to the tenant in a minute: few, so that five callers are soon refused. */
export const callsPerMinute = 20;
