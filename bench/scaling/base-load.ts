/** The load that is scaled: a research site in a busy hour, with twenty applications. */
export const baseLoad = {
  consumers: 20,
  readsPerSecond: 5,
  /** Part of the native calls that write. */
  writeShare: 0.02,
  /** Records that are read, the n-th of them 1/n as often as the first. */
  records: 20_000,
  subscriptions: 20,
  /** Events of the tenant; each goes to every subscription. */
  eventsPerMinute: 6,
  archivedPerDay: 50,
  /** PDFs in the archive, and their average size. */
  archived: 20_000,
  pdfMegabytes: 2,
} as const;

export const factors = [1, 10, 100, 1_000] as const;
