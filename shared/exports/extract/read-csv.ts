/** Records of a CSV file as they come (RFC 4180): quoted cells hold commas, line feeds and doubled quotes. */
import { JobFailure } from '../job-failure.ts';

const unreadable = (reason: string): JobFailure =>
  new JobFailure('FILE_UNREADABLE', `The tenant's CSV file has ${reason}.`);

/** @throws JobFailure for a record of more than `mostCharacters`, and for a quote that is never closed. */
export async function* readCsv(
  body: AsyncIterable<Uint8Array>,
  mostCharacters = 1_048_576,
): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder();
  let record: string[] = [];
  let cell = '';
  let length = 0;
  let isQuoted = false;
  /** The last character was a quote within a quoted cell: its end, or the first half of a doubled one. */
  let isAfterQuote = false;

  const endCell = (): void => {
    record.push(cell);
    cell = '';
    isAfterQuote = false;
  };
  /** @returns whether the character ends the record. */
  const take = (character: string): boolean => {
    if (isQuoted) {
      if (character === '"') {
        isQuoted = false;
        isAfterQuote = true;
      } else cell += character;
      return false;
    }
    if (character === '"') {
      if (isAfterQuote) cell += character;
      isQuoted = true;
      isAfterQuote = false;
      return false;
    }
    if (character === ',') endCell();
    else if (character === '\n') {
      endCell();
      return true;
    } else if (character !== '\r') cell += character;
    return false;
  };

  const records = function* (text: string): Generator<readonly string[]> {
    for (const character of text) {
      length += 1;
      if (length > mostCharacters) throw unreadable(`a record of more than ${mostCharacters} characters`);
      if (!take(character)) continue;
      yield record;
      record = [];
      length = 0;
    }
  };
  for await (const chunk of body) yield* records(decoder.decode(chunk, { stream: true }));
  yield* records(decoder.decode());
  if (isQuoted) throw unreadable('a quote that is never closed');
  if (cell !== '' || record.length > 0) {
    endCell();
    yield record;
  }
}
