/** A mistake of the person at the keyboard: one line, no stack. */
export class UsageError extends Error {}
