/** Port: what a kind of job needs of the engine. Each name is used once in a run, in the same order each time. */
export interface JobContext {
  /** Runs `work` until it has an outcome, which is kept. It may run again after a crash, so it must be safe to repeat. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /**
   * Asks again and again. Waiting uses up no tries and no time of a function.
   * @returns the state with which `ask` was done.
   */
  poll<State>(name: string, initial: State, ask: (state: State) => Promise<Poll<State>>): Promise<State>;
}
export type Poll<State> = { readonly state: State /** Absent = done. */; readonly againSeconds?: number };
