/** Records into a file. The file is rewritten while answers come, so that a crash loses the last moments only. */
import { type RecorderOptions, startRecorder } from './recorder.ts';
import { createRecordingFile } from './recording-file.ts';

/** A pause between two saves is at least so many times as long as the last save. */
const restFactor = 20;

/** @param saveAfterMillis waited after an answer. */
export const recordToFile = async (options: RecorderOptions, path: string, saveAfterMillis = 2000) => {
  let timer: NodeJS.Timeout | undefined;
  let saving = Promise.resolve();
  let waitMillis = saveAfterMillis;

  const recorder = await startRecorder({ ...options, onRecorded: () => saveSoon() });
  const file = await createRecordingFile(path).catch(async (cause: unknown) => {
    await recorder.close();
    throw cause;
  });
  const save = () => {
    saving = saving
      .catch(() => undefined)
      .then(async () => {
        const before = performance.now();
        await file.write(recorder.recording());
        waitMillis = Math.max(saveAfterMillis, restFactor * (performance.now() - before));
      });
    return saving;
  };
  const saveSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      save().catch((cause: unknown) => console.error(`${path} cannot be written: ${(cause as Error).message}.`));
    }, waitMillis);
  };
  const end = async () => {
    clearTimeout(timer);
    await recorder.close();
    await saving.catch(() => undefined);
    const recording = recorder.recording();
    await file.write(recording);
    const { exchanges, leftOut = 0 } = recording;
    console.log(`${exchanges.length} answers are in ${path}. Read it before you share it.`);
    if (leftOut > 0) console.log(`${leftOut} answers are left out, since names cannot be looked for in them.`);
  };
  return { url: recorder.url, key: recorder.key, end };
};
