/** Uploads: register the names, send each file, count. */
import { takeFile } from '../http/body.ts';
import { malformed, unforeseen } from '../http/refusals.ts';
import { data, done, json } from '../http/reply.ts';
import { type ExperimentCall, type Routes, route } from '../http/route.ts';
import { isList, isObject, type Json, textOf } from '../json.ts';
import { acquisitionStatus, isKnownName, readImageName, safeName } from '../world/files.ts';
import type { Acquisition, Experiment, MicroscopeFile } from '../world/model.ts';
import { acquisitionOf } from './acquisitions.ts';

/** Names as texts, or as objects with a name: the documents have texts, the server's validity check has objects. */
const namesIn = (value: Json | undefined): string[] => {
  if (!isList(value)) throw malformed('files must be a list.');
  return value.map((item) => (isObject(item) ? textOf(item.name) : textOf(item)) ?? '');
};

/** Files of the names that the microscope makes. A name that is registered keeps its file. */
const registerFiles = (experiment: Experiment, { files }: Acquisition, names: readonly string[]): MicroscopeFile[] => {
  const known = names.map(safeName).filter((name) => isKnownName(experiment.microscopeType, name));
  const registeredFiles = new Map(files.map((file) => [file.name, file]));
  return [...new Set(known)].map((name) => {
    const registered = registeredFiles.get(name);
    if (registered !== undefined) return registered;
    const file: MicroscopeFile = {
      id: experiment.counters.next('files'),
      name,
      isImage: readImageName(experiment.microscopeType, name) !== undefined,
      status: 'WAITING',
      read: undefined,
    };
    files.push(file);
    return file;
  });
};

const register = (call: ExperimentCall) => {
  const acquisition = acquisitionOf(call);
  const names = namesIn(call.body.files);
  if (names.length === 0) throw malformed('No files were given.');
  const registered = registerFiles(call.experiment, acquisition, names);
  const all = call.experiment.plates.flatMap(({ acquisitions }) => acquisitions.flatMap(({ files }) => files));
  const listed = call.world.switches.registerListsAll ? all : registered;
  return data(listed.filter(({ status }) => status !== 'COMPLETE').map(({ name }) => name));
};

/** Why the bytes of a file are not wanted. The client relies on 200 for each. */
const refusalOf = (acquisition: Acquisition, file: MicroscopeFile | undefined): string | undefined => {
  if (file === undefined) return 'non-registered file: skipped';
  if (acquisitionStatus(acquisition) === 'COMPLETE') return 'Acquisition complete';
  if (file.status === 'COMPLETE') return 'File already uploaded';
  return file.status === 'UPLOADING' ? 'File upload already in progress' : undefined;
};

const receive = async (file: MicroscopeFile, read: () => Promise<Buffer>, workerDies: boolean): Promise<void> => {
  file.status = 'UPLOADING';
  try {
    const bytes = await read();
    // The state stays as it is when a worker dies.
    if (workerDies) return;
    file.read = () => bytes;
    file.status = 'COMPLETE';
  } catch (cause) {
    file.status = 'FAILED';
    throw cause;
  }
};

const takeUpload = (call: ExperimentCall): Promise<string> => {
  const acquisition = acquisitionOf(call);
  return takeFile(call.request, async (given, read) => {
    const name = safeName(given);
    const file = acquisition.files.find((known) => known.name === name);
    const refusal = refusalOf(acquisition, file);
    if (refusal !== undefined || file === undefined) return refusal ?? '';
    await receive(file, read, call.workerDies);
    return 'ok';
  });
};

export const uploadRoutes = {
  'POST /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/upload/register': route('write', register, {
    body: ['files'],
  }),
  // It has no side effect, so the right to read is enough.
  'POST /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/upload/validity-check': route(
    'read',
    (call) => {
      acquisitionOf(call);
      const { files } = call.body;
      if (call.world.switches.plainNamesFail && isList(files) && !files.every(isObject)) throw unforeseen();
      return json({ is_valid: namesIn(files).map((name) => isKnownName(call.experiment.microscopeType, name)) });
    },
    { body: ['files'] },
  ),
  'POST /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/microscope-file': route(
    'write',
    async (call) => {
      const message = await takeUpload(call);
      if (call.workerDies) call.request.socket.destroy();
      return done(message);
    },
    { isRaw: true },
  ),
  'GET /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/upload/count': route(
    'read',
    (call) => data(acquisitionOf(call).files.filter(({ status }) => status === 'COMPLETE').length),
    { unless: 'readsNeedWrite' },
  ),
  // It links a folder of the server's own disk. The simulator looks at no disk, and answers as if the folder were empty.
  'POST /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/register': route(
    'write',
    (call) => {
      acquisitionOf(call);
      return done();
    },
    { body: ['path'] },
  ),
} satisfies Routes;
