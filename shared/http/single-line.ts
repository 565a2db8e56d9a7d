/** Whether a text has neither control characters, such as line breaks, nor broken characters. */
export const isSingleLine = (text: string): boolean => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text);
