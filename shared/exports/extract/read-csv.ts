/** Records of a CSV file as they come (RFC 4180): quoted cells hold commas, line feeds and doubled quotes. */

/** @throws RangeError for a record of more than `mostCharacters`, such as one whose quote is never closed. */
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
      if (length > mostCharacters) throw new RangeError('A record of a CSV file is too long');
      if (!take(character)) continue;
      yield record;
      record = [];
      length = 0;
    }
  };
  for await (const chunk of body) yield* records(decoder.decode(chunk, { stream: true }));
  yield* records(decoder.decode());
  if (cell !== '' || record.length > 0) {
    endCell();
    yield record;
  }
}
