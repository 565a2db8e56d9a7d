/** The messages between the parent and the worker processes of a run. */
export type GateKind = 'governor' | 'rate-limiter-flexible';

export type WorkerTask = {
  readonly gate: GateKind;
  readonly dynamoUrl: string;
  readonly upstreamUrl: string;
  readonly limit: number;
  /** Calls a second of this worker. */
  readonly backgroundPerSecond: number;
  readonly interactivePerSecond: number;
  readonly consumers: number;
  readonly startMillis: number;
  /** How long after the start background demand begins. */
  readonly quietMillis: number;
  readonly endMillis: number;
};

export type Call = {
  readonly atMillis: number;
  readonly priority: 'interactive' | 'background';
  readonly consumerId: string;
  readonly waitedMillis: number;
  /** Status of the upstream; undefined = refused by the gate. */
  readonly status: number | undefined;
};

export type WorkerReport = {
  readonly calls: readonly Call[];
  readonly storeReads: number;
  readonly storeWrites: number;
  readonly details: Readonly<Record<string, number>>;
};
