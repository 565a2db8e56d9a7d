/** The version of the package; the build puts it here. */
export const version = process.env.TISSUEMAPS_SIMULATOR_VERSION ?? 'from source';
