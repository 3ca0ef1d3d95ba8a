export const en = {
  assignment: {
    unclear: ({ setting }: { setting: string }) =>
      `Cannot read the setting ${setting}: expected section.KEY=value, as in server.EXTERNAL_URL=https://git.example.com/. Write names without brackets.`,
    noSection: ({ setting, key }: { setting: string; key: string }) =>
      `Cannot read the setting ${setting}: there is no section before the dot. For a setting outside all sections, write ${key}=value.`,
    otherName: ({ name, release, current }: { name: string; release: string; current: string }) =>
      `Cannot set ${name}: Gogs ${release} does not read this name. Write ${current}=value.`,
  },
  changes: {
    renamed: ({ name, to, reason }: { name: string; to: string; reason: string }) => `${name} → ${to}: ${reason}`,
    dropped: ({ name, reason }: { name: string; reason: string }) => `${name} removed: ${reason}`,
    rewritten: ({ name, reason }: { name: string; reason: string }) => `${name}: ${reason}`,
    added: ({ name, reason }: { name: string; reason: string }) => `${name} added: ${reason}`,
    unread: ({ name, reason }: { name: string; reason: string }) => `${name} is not read: ${reason}`,
  },
  reasons: {
    comment: 'the comment after it would become part of the value',
    notReadByWriter: 'the program that wrote this file no longer read it',
    inForce: ({ name }: { name: string }) => `${name} held the value in force`,
    oldNameUnread: ({ since }: { since: string }) => `the old name has not been read since ${since}`,
    valuesRenamed: 'its values have new names, too',
    removed: ({ since, note }: { since: string; note: string }) => `no longer read since ${since}: ${note}`,
    defaultChanged: ({ since }: { since: string }) => `its default changed in ${since}`,
    refersTo: ({ from, to }: { from: string; to: string }) => `it refers to ${from}, which is now ${to}`,
    dollar: ({ since }: { since: string }) => `since ${since} a dollar sign begins the name of an environment variable`,
  },
};
