/** What the server stores: experiments with everything below them. */

import type { Picture } from '../images/picture.ts';
import type { JsonObject } from '../json.ts';
import type { ObjectType } from '../objects/object-type.ts';
import type { ToolResult, ToolRun } from '../tools/model.ts';
import type { WorkflowDescription } from '../workflow/description.ts';
import type { Run } from '../workflow/run.ts';
import type { Counters } from './counters.ts';

export type FileStatus = 'WAITING' | 'UPLOADING' | 'COMPLETE' | 'FAILED';

export interface MicroscopeFile {
  readonly id: number;
  readonly name: string;
  readonly isImage: boolean;
  status: FileStatus;
  /** What was uploaded. */
  read: (() => Uint8Array) | undefined;
  /** The pixels, where they are known without the bytes. */
  readonly picture?: Picture;
}

export interface Acquisition {
  readonly id: number;
  name: string;
  readonly description: string;
  readonly files: MicroscopeFile[];
}

export interface Plate {
  readonly id: number;
  name: string;
  readonly description: string;
  readonly acquisitions: Acquisition[];
}

export interface Well {
  readonly id: number;
  readonly plateId: number;
  readonly name: string;
  description: JsonObject;
}

export interface Site {
  readonly id: number;
  readonly wellId: number;
  /** Row and column in the well, from 0. */
  readonly y: number;
  readonly x: number;
  readonly height: number;
  readonly width: number;
  /** Where it lies in the layers, in pixels. */
  readonly top: number;
  readonly left: number;
}

export interface Cycle {
  readonly id: number;
  readonly index: number;
  readonly tpoint: number;
  readonly plateIds: ReadonlySet<number>;
}

export interface Channel {
  readonly id: number;
  name: string;
  readonly bitDepth: 8 | 16;
}

/** An image of the microscope that has found its place. `picture` exists once the step imextract has run. */
export interface SiteImage {
  readonly siteId: number;
  readonly channelId: number;
  readonly cycleIndex: number;
  readonly tpoint: number;
  readonly zplane: number;
  readonly file: MicroscopeFile;
  picture: Picture | undefined;
}

export interface ChannelLayer {
  readonly id: number;
  readonly channelId: number;
  readonly tpoint: number;
  readonly zplane: number;
  readonly maxZoom: number;
  readonly minIntensity: number;
  readonly maxIntensity: number;
  readonly width: number;
  readonly height: number;
  /** Before this, every tile is black. */
  isBuilt: boolean;
}

type Access = 'read' | 'write';

export interface Experiment {
  readonly id: number;
  name: string;
  readonly description: string;
  readonly ownerId: number;
  readonly workflowType: string;
  readonly plateFormat: number;
  readonly acquisitionMode: string;
  readonly microscopeType: string;
  /** By the number of the user. */
  readonly shares: Map<number, Access>;
  readonly counters: Counters;
  plates: Plate[];
  wells: Well[];
  sites: Site[];
  cycles: Cycle[];
  channels: Channel[];
  images: SiteImage[];
  layers: ChannelLayer[];
  types: ObjectType[];
  /** Whether the illumination statistics exist. */
  hasIllumination: boolean;
  /** Rows and columns that aligned images lose on each side. */
  alignMargin: number;
  workflow: WorkflowDescription | undefined;
  project: JsonObject | undefined;
  runs: Run[];
  toolRuns: ToolRun[];
  toolResults: ToolResult[];
}

export interface User {
  readonly id: number;
  readonly name: string;
  password: string;
}
