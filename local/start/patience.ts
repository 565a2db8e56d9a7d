import { variables } from '../../shared/config/names.ts';

/** For the functions of a twin: its emulators answer late while the machine is busy, and are waited for. */
export const patience: Readonly<Record<string, string>> = { [variables.storePatience]: '20' };
