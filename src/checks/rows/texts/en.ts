export const en = {
  tokenWithoutValue: {
    title: 'Access tokens have no value',
    consequence: 'Nobody can use them, and a database rejects a second one: "Duplicate entry".',
    remedy: 'They are left out. Their owners can create new ones.',
  },
  tokenGivenTwice: {
    title: 'Access tokens occur twice',
    consequence: 'A database rejects the second one: "Duplicate entry".',
    remedy: 'The first of each is kept, later ones are left out: the token keeps working, for its first owner.',
  },
  tokenHashMismatch: {
    title: 'Access tokens do not match their hash',
    consequence: 'Gogs looks tokens up by their hash, so these do not work.',
    remedy: 'They are carried over unchanged. Their owners can create new ones.',
  },
  tokenHasNoValue: 'it has no value',
  tokenIsGivenTwice: 'its token is given twice',
  tokenPlace: ({ id, user }: { id: number | string; user: string }) => `AccessToken id ${id} of ${user}`,
  fourByteCharacters: {
    title: 'Texts contain emoji or other four-byte characters',
    consequence: 'A MySQL database whose character set is utf8 (utf8mb3) rejects them with error 1366.',
    remedy: 'Create the database with CHARACTER SET utf8mb4; nothing else is needed.',
  },
  localMirror: {
    title: 'Mirrors fetch from the local network',
    consequence:
      'Gogs 0.14 does not sync from local addresses that are not allowed; 0.13 syncs, but refuses the address when someone saves it.',
    remedy: 'Allow the hosts: --set security.LOCAL_NETWORK_ALLOWLIST=HOST,HOST (or * for all).',
  },
  localWebhook: {
    title: 'Webhooks go to the local network',
    consequence: 'Gogs does not deliver to local addresses that are not allowed: "implicitly blocked".',
    remedy: 'Allow the hosts: --set security.LOCAL_NETWORK_ALLOWLIST=HOST,HOST (or * for all).',
  },
  loginSourceWithoutConfig: {
    title: 'Login sources have no readable configuration',
    consequence: 'Gogs reads all login sources to show the login page, which then answers 500 for everybody.',
    remedy:
      'Open Authentication Sources on the old server, save them there and back up again; or delete the row from table login_source of the new database.',
  },
  loginSourceType: {
    title: 'Login sources are of a type that Gogs does not know',
    consequence: 'Gogs reads all login sources to show the login page, which then answers 500 for everybody.',
    remedy:
      'Delete the login source on the old server and back up again, or delete its row from table login_source of the new database.',
  },
  loginSourceProvider: {
    title: 'Login sources carry a Provider',
    consequence: 'A restore stops at such a row: the field is an interface, which nothing can be decoded into.',
    remedy: 'It is written as null: Gogs derives it from the configuration, which is kept.',
  },
  longValue: {
    title: 'Texts are longer than their column',
    consequence:
      'The database rejects them, and a restore or import stops there: "Data too long for column" (MySQL, error 1406), "value too long" (PostgreSQL).',
    remedy: 'Shorten them on the old server and back up again, or move to SQLite, which has no such limit.',
  },
  bytesAndFit: ({ place, bytes, fit }: { place: string; bytes: number; fit: number }) =>
    `${place}: ${bytes} bytes, and ${fit} fit`,
  charactersAndFit: ({ place, characters, fit }: { place: string; characters: number; fit: number }) =>
    `${place}: ${characters} characters, and ${fit} fit`,
  mirrorsAtOnce: {
    title: 'Mirrors sync all at once after the restore',
    consequence:
      'gogs restore sets the next sync of every mirror to the year 1, so all of them are due within ten minutes.',
    remedy:
      'With many mirrors, set [cron.update_mirrors] ENABLED = false for the first start, or reset mirror.next_update_unix.',
  },
  missingKey: {
    title: 'Rows lack a value that other rows of their table have',
    titleOf: ({ table, column }: { table: string; column: string }) =>
      `Rows of ${table} lack ${column}, which others have`,
    consequence:
      'Gogs decodes the rows of most tables into the same struct, so such a row silently takes the value of the row before it.',
    remedy:
      'The value is written as zero, false or empty, so that nothing leaks in from another row. Check the rows named.',
  },
  noUsers: {
    title: 'There are no users',
    consequence: 'Nobody can sign in. A server that was in use has users: rows are missing, perhaps all of them.',
    remedy:
      'Find out why: perhaps the dump was made with --no-data or --schema-only, or of an empty server. Use one that contains the rows.',
  },
  notUtf8: {
    title: 'Texts contain bytes that are not UTF-8',
    consequence:
      'PostgreSQL and MySQL reject them, and a restore or import stops there; SQLite accepts them, and every umlaut or Chinese character of the text is wrong.',
    remedy:
      'Make the dump in UTF-8, or name the encoding of SQL or CSV with --encoding. They are carried over unchanged.',
  },
  nulTakenOut: {
    title: 'NUL characters were removed from texts',
    consequence: 'PostgreSQL cannot store them, and rejects the whole row: "invalid byte sequence".',
    remedy: 'They are removed, as Gogs itself does in other tables. All other characters are kept.',
  },
  timeShortened: {
    title: 'Times have more digits of a second than the new database keeps',
    consequence: 'The tables of Gogs on MySQL keep milliseconds, on PostgreSQL and SQLite microseconds.',
    remedy: 'None needed: the other digits are left out, as MariaDB does. Gogs does not show them.',
  },
  nulCharacter: {
    title: 'Texts contain NUL characters',
    consequence:
      'A restore to MySQL or SQLite keeps them, except in the tables where Gogs always removes them. PostgreSQL would reject them.',
    remedy: 'Nothing, unless you move to PostgreSQL: then use --engine postgres.',
  },
  orphan: {
    title: 'Rows belong to something that no longer exists',
    titleOf: ({ table, target }: { table: string; target: string }) =>
      `Rows of ${table} belong to a ${target} that is gone`,
    consequence: 'Requests that reach them fail with "record not found"; the old server had them too.',
    remedy: 'They are carried over, so that nothing is lost. --drop-orphans leaves them out.',
  },
  orphanLeftOut: {
    title: 'Rows of something that no longer exists were left out',
    titleOf: ({ table, target }: { table: string; target: string }) =>
      `Rows of ${table} were left out: they belonged to a ${target} that is gone`,
    consequence: 'They are not in the output, as --drop-orphans asks.',
    remedy: 'Without --drop-orphans they are carried over.',
  },
  leftover: {
    title: 'Rows were left behind when what they belonged to was deleted',
    titleOf: ({ table, target }: { table: string; target: string }) =>
      `Rows of ${table} were left behind by a ${target} that is gone`,
    consequence: 'None: Gogs itself leaves such rows, and nothing reads them.',
    remedy: 'They are carried over. --drop-orphans leaves them out, except for the attachments of deleted releases.',
  },
  danglingPointer: {
    title: 'Rows point to something that no longer exists',
    titleOf: ({ table, target }: { table: string; target: string }) =>
      `Rows of ${table} point to a ${target} that is gone`,
    consequence: 'The pages that show them answer with an error; the old server had them too.',
    remedy: 'They are carried over. Set the column to 0 in the new database.',
  },
  targetIsGone: ({ target }: { target: string }) => `its ${target} is gone`,
  targets: {
    user: 'user',
    repository: 'repository',
    issue: 'issue',
    comment: 'comment',
    label: 'label',
    public_key: 'key',
    team: 'team',
    webhook: 'webhook',
    milestone: 'milestone',
    release: 'release',
    login_source: 'login source',
  },
  refusedSshKey: {
    title: 'SSH keys are of a type that Gogs no longer accepts',
    consequence: 'Users without another key can no longer clone or push by SSH; a deploy key stops working.',
    remedy:
      'Ask their owners to add a new key, such as one made by ssh-keygen -t ed25519. The rows are carried over unchanged.',
  },
  sshKeyPlace: ({ id, user }: { id: number | string; user: number | string }) => `PublicKey id ${id} of user ${user}`,
  repeatedKey: {
    title: 'Rows give a value several times',
    consequence:
      'One of them is kept, the one that counted on the old server: the last under the key that its release of Gogs reads. The others are left out.',
    remedy: 'Look at the rows named: something other than Gogs has changed them.',
  },
  otherType: {
    title: 'Values are of another type than their column',
    consequence:
      'Gogs writes no such values, and its restore stops at them. They are converted where nothing is lost: "5" and 5.0 to 5, true to 1, an object to its text. CSV holds any others as they are; every other output refuses them.',
    remedy: 'Look at the rows named: something other than Gogs has changed them.',
  },
  blob: {
    title: 'Values are stored as blobs',
    consequence:
      'Gogs stores only texts and numbers. SQLite compares neither with a blob, so Gogs does not find the row by this value.',
    remedy:
      'They are carried over byte by byte, as texts and numbers. Look at the rows named: something other than Gogs has changed them, or the database is damaged.',
  },
  keyAgain: ({ place, key }: { place: string; key: string }) => `${place}: ${key} again`,
  keyBeside: ({ place, key, kept }: { place: string; key: string; kept: string }) => `${place}: ${key} beside ${kept}`,
  rowWithoutId: {
    title: 'Rows have no id',
    consequence: 'The database gives such a row another id, and nothing that belonged to it finds it any more.',
    remedy: 'Give the row its id in the input, or leave it out.',
  },
  twoFactorSecret: {
    title: "Two-factor secrets cannot be decrypted with the archive's SECRET_KEY",
    consequence:
      'These users cannot sign in with a passcode ("cipher: message authentication failed"), neither on the old server nor on the new one. Their recovery codes work.',
    remedy: 'Let them sign in with a recovery code and enrol again, or delete their rows from table two_factor.',
  },
  twoFactorKey: {
    title: "None of the two-factor secrets can be decrypted with the archive's SECRET_KEY",
    consequence: 'It is not the key they were made with: nobody with two-factor authentication can sign in.',
    remedy:
      'Find the right key, in an earlier app.ini or in the environment of the old server: --set security.SECRET_KEY=….',
  },
  twoFactorWithoutKey: {
    title: 'There are two-factor secrets, but the input has no app.ini with their SECRET_KEY',
    consequence: 'With another key, nobody with two-factor authentication can sign in.',
    remedy: "Put the old server's [security] SECRET_KEY into the new app.ini.",
  },
  userId: ({ id }: { id: number | string }) => `user ${id}`,
  undeliveredTask: {
    title: 'Webhook deliveries are waiting',
    consequence:
      'The new server sends all of them at its first start, however old they are: builds and messages are triggered again.',
    remedy: 'If they must not be sent, start the new server without network access; on a test server, use --rehearsal.',
  },
  duplicateKey: {
    title: 'Rows repeat a value that must be unique',
    consequence:
      'The database rejects the second one, and a restore or import stops there: "Duplicate entry", "UNIQUE constraint failed".',
    remedy:
      'Both rows are carried over, because only you know which one is right: change one on the old server and back up again.',
  },
  duplicateKeyUnderCollation: {
    title: 'Rows differ only in ways that MySQL does not distinguish',
    consequence:
      'MySQL and MariaDB compare without case and accents, so they reject the second one, and a restore or import stops there: "Duplicate entry".',
    remedy: 'Rename one of each on the old server and back up again, or move to PostgreSQL or SQLite.',
  },
  repeatedLink: {
    title: 'Rows repeat an earlier one',
    consequence: 'A database would reject the second one: "Duplicate entry".',
    remedy: 'The first one is kept, the others are left out: they add no information.',
  },
  repeatsOneBefore: 'it repeats one before',
  keysNotChecked: {
    title: 'There are too many rows to look for repeated values in all of them',
    consequence: 'Only the first three million rows of the table were searched for repeated values.',
    remedy: 'A database enforces its own indexes, so there should be none; only hand-made inputs may have some.',
  },
  unknownKey: {
    title: 'Keys that no release of Gogs writes',
    consequence: 'A restore ignores them.',
    remedy: 'They are kept in the rows. They come from a modified Gogs, or from a newer one.',
  },
  unknownColumn: {
    title: 'Columns that Gogs does not have',
    consequence: 'The schema of the target has no place for them.',
    remedy: 'They are left out of SQL; JSON and CSV keep them.',
  },
};
