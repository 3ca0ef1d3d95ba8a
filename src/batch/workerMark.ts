/** Environment variable that marks a process as a worker of a batch. */
export const WORKER_MARK = 'GOGS_BACKUP_UPGRADE_WORKER';
