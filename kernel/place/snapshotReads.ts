/** In the environment of the process that makes a snapshot: where it writes the names of the files it has read. */
export const readsVariable = "PHILAB_SNAPSHOT_READS";
