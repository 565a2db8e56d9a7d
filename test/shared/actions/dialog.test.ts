import { describe, expect, it } from 'vitest';
import { dialog } from '../../../shared/actions/dialog.ts';

describe('the commands of a dialog', () => {
  it.each([
    [dialog.close(true), ['close', [true]]],
    [dialog.close(false), ['close', [false]]],
    [dialog.closeAndContinue(), ['closeAndContinue', []]],
    [dialog.closeAndAbort(), ['closeAndAbort', []]],
    [dialog.setTitle('Check <b>'), ['setTitle', ['Check <b>']]],
    [dialog.setWidth('phi'), ['setWidth', ['phi']]],
    [dialog.closeAndRefresh(), ['close', [true]]],
    [dialog.resize(50), ['setWidth', [50]]],
  ])('%j is a name and a list of arguments', (message, expected) => {
    expect(message).toEqual(expected);
  });
});
