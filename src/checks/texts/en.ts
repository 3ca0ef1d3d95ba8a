export const en = {
  previewTarget: {
    title: 'The target is not released yet',
    consequence: 'It may still change: an output made for it today may not restore on the final release.',
    remedy: 'Use it to try the version out. For a production server, choose a released target.',
  },
  rehearsal: {
    title: 'This output is for a test server; do not keep it as a backup',
    consequence:
      'Webhooks are inactive, waiting deliveries are marked as sent, mirrors never fall due, and mail is off. The output itself does not show which of them were on before.',
    remedy: 'For the real move, upgrade again without --rehearsal.',
  },
  unsupportedVersion: {
    title: 'The input is from a version that cannot be upgraded to the target',
    consequence: 'Nothing is upgraded: Gogs refuses schema versions it does not know, and backups of a newer program.',
    remedy: 'See the message.',
  },
  userId: ({ id }: { id: number | string }) => `user ${id}`,
  namedUser: ({ name, id }: { name: string; id: number | string }) => `user ${name} (${id})`,
  user: ({ name }: { name: string }) => `user ${name}`,
  repository: ({ name }: { name: string }) => `repository ${name}`,
  issue: ({ name }: { name: string }) => `issue ${name}`,
  line: ({ table, line }: { table: string; line: number }) => `${table} line ${line}`,
  noIdAtLine: ({ table, line }: { table: string; line: number }) => `${table} id ? (line ${line})`,
};
