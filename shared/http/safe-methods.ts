const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Whether a method requests no change (RFC 9110, 9.2.1). An unknown method may. */
export const isSafeMethod = (method: string): boolean => safe.has(method);
