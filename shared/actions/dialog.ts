/**
 * What a page in a dialog of the tenant says to it: `window.parent.postMessage([name, [arguments]], origin)`. The arguments are always a
 * list (developer guide, external actions).
 */

/** Per cent of the window, or the golden section: the guide names these and no others. */
type Width = 10 | 20 | 25 | 30 | 33 | 40 | 50 | 60 | 66 | 67 | 70 | 75 | 80 | 90 | 100 | 'phi';

export type DialogMessage = readonly [name: string, args: readonly (string | number | boolean)[]];

/** @param refreshes true = the tenant reads the entity anew, and lets signing go on; false = neither. */
const close = (refreshes: boolean): DialogMessage => ['close', [refreshes]];
const setWidth = (width: Width): DialogMessage => ['setWidth', [width]];

/** The commands of the guide, then `closeAndRefresh` and `resize`, which an older text names and the guide does not know. */
export const dialog = {
  close,
  closeAndContinue: (): DialogMessage => ['closeAndContinue', []],
  closeAndAbort: (): DialogMessage => ['closeAndAbort', []],
  /** The tenant escapes it. */
  setTitle: (text: string): DialogMessage => ['setTitle', [text]],
  setWidth,
  closeAndRefresh: (): DialogMessage => close(true),
  resize: setWidth,
} as const;
