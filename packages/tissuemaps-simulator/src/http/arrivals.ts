/** Every request that reached the server, in order, so that clients can measure their traffic. */
export interface Arrival {
  readonly method: string;
  /** Path and query as sent. */
  readonly path: string;
  /** The header Authorization as sent; '' when there was none. */
  readonly authorization: string;
  readonly atMillis: number;
  /** Such as `GET /api/experiments`, when the path is known. */
  readonly operation: string | undefined;
}

const keptArrivals = 200_000;

export interface ArrivalLog {
  record(arrival: Arrival): void;
  list(): readonly Arrival[];
  clear(): void;
}

export const createArrivalLog = (): ArrivalLog => {
  let arrivals: Arrival[] = [];
  return {
    record(arrival) {
      arrivals.push(arrival);
      if (arrivals.length > keptArrivals * 1.25) arrivals = arrivals.slice(-keptArrivals);
    },
    list: () => arrivals,
    clear() {
      arrivals = [];
    },
  };
};
