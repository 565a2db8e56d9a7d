const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Whether a method asks for no change (RFC 9110, 9.2.1). An unknown one may. */
export const isSafeMethod = (method: string): boolean => safe.has(method);
