/**
 * Where the server of release 0.5.0 differs from its documents. Each switch is off by default, and the simulator follows the documents. On, it does what
 * the server does. `0.5.0` switches all on.
 */
export const defaultSwitches = {
  /** Ids are bare numbers, `"1"` in place of `"MQ=="`. */
  plainIds: false,
  /** Without the members that only the documents have: `experiment_id` of a layer, `layer` of a tool result. */
  realMembers: false,
  /** A record that does not exist is 200 `{"data":null}` in place of 404, where its experiment exists. */
  missingIsNull: false,
  /** A change of a record that does not exist is 500 in place of 404. */
  missingChangeFails: false,
  /** A missing body, or one that is not JSON, is 500 on changes that have no list of needed members. */
  missingBodyFails: false,
  /** A value outside its list is 500 for a new experiment, and its name is taken from then on. `plate_format` 0 is such a value. */
  badExperimentTakesName: false,
  /** The message of a deleted experiment is `OK: deleted experiment <n>`. */
  deleteMessage: false,
  /** `upload/count` and reading `jtproject` need the right to write. */
  readsNeedWrite: false,
  /** The right to read is enough to rename experiments, plates, channels, features and tool results, and to delete tool results. */
  renameNeedsRead: false,
  /** An unknown plate is 500 for a new acquisition. */
  unknownPlateFails: false,
  /** Plain names in `validity-check` are 500; objects with a name work. */
  plainNamesFail: false,
  /** `upload/register` answers every file of the experiment that is not complete. */
  registerListsAll: false,
  /** `GET plates` with a name is 500. */
  plateNameFails: false,
  /** `GET channels/{channel_id}` is 500. */
  channelFails: false,
  /** Cycles are `[[1],[2]]`. One cycle, and cycles of a plate, are 500. */
  cyclesSlip: false,
  /** `GET segmentation_layers` is 500. */
  segmentationLayersFail: false,
  /** The label array of a site without objects is 500 in place of 404. */
  emptySiteFails: false,
  /** Segmentations are posted as a JSON body only. */
  segmentationInBodyOnly: false,
  /** `labeled_tiles` needs `result_name`, and `label` is a text. */
  labeledTilesNeedName: false,
  /** Deleting a feature is 500. */
  deleteFeatureFails: false,
  /** Posted values are stored under names: the table of that type breaks off at its first row. */
  valuesUnderNames: false,
  /** An unknown plate, well or site of a table breaks the stream off after its header, in place of 404. */
  tableBreaksOff: false,
  /** `image-file` needs `well_pos_x` and `well_pos_y`. */
  imageNeedsPosition: false,
  /** `workflow/jobs` without `step_name` is an empty list in place of 400. */
  jobsWithoutStep: false,
  /** `kill` and `resubmit` are 500 where nothing was submitted. */
  nothingSubmittedFails: false,
  /** A description that does not fit the workflow is 500 in place of 400. */
  badDescriptionFails: false,
  /** An index equal to the number of stages passes the check of `resubmit`; nothing is left to run. */
  resubmitPastEnd: false,
  /** The log of a job that has not run is 500 in place of 404. */
  earlyLogFails: false,
  /** The info of an object that does not exist is 500 in place of 404. */
  unknownObjectFails: false,
};

export type Switches = Record<keyof typeof defaultSwitches, boolean>;

/** The server of release 0.5.0: all switches on. */
export const releaseSwitches: Switches = Object.fromEntries(
  Object.keys(defaultSwitches).map((name) => [name, true]),
) as Switches;

/** @throws Error naming the switches when the name is none of them. */
export const switchName = (name: string): keyof Switches => {
  if (Object.hasOwn(defaultSwitches, name)) return name as keyof Switches;
  throw new Error(`"${name}" is no switch; there are ${Object.keys(defaultSwitches).join(', ')}.`);
};
