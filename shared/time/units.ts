/** Lengths of time. */
export const hourMillis = 3_600_000;
export const dayMillis = 86_400_000;
