export const en = {
  upgrade: ({ target }: { target: string }) => `Upgrade the backup for Gogs ${target}`,
  leavesInput: 'The input is left unchanged.',
  prove: ({ target }: { target: string }) => `Prove that Gogs ${target} restores it as it is`,
  nothingToUpgrade: ({ target }: { target: string }) =>
    `Gogs ${target} wrote it, and an upgrade would change nothing. Upgrade it only to switch to another database engine, or to SQL.`,
};
