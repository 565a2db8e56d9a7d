/** A mistake of the person at the keyboard: one line and the usage, no stack. */
export class UsageError extends Error {}
