/** In the environment of a process that is a worker of a batch. */
export const WORKER_MARK = 'GOGS_BACKUP_UPGRADE_WORKER';
