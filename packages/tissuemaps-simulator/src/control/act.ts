/** A call of the control surface. */
import type { Json, JsonObject } from '../json.ts';
import type { Members } from './members.ts';
import type { ControlState } from './state.ts';

export interface Act {
  /** The members that its body may have; none by default. */
  readonly members?: Members;
  act(state: ControlState, body: JsonObject, query: URLSearchParams): Json;
}
