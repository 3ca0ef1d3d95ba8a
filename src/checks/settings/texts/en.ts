export const en = {
  cacheAdapter: {
    title: ({ adapter, release }: { adapter: string; release: string }) =>
      `app.ini names the cache adapter ${adapter}, which Gogs ${release} does not know`,
    consequence: 'The server does not start, although a restore works.',
    remedy: ({ adapters }: { adapters: string }) =>
      `Choose one of ${adapters}: --set cache.ADAPTER=memory. A cache contains nothing that has to be moved.`,
  },
  databaseEngine: {
    title: ({ engine, release }: { engine: string; release: string }) =>
      `app.ini names the database engine ${engine}, which Gogs ${release} does not know`,
    consequence: ({ engine }: { engine: string }) =>
      `Gogs stops, and so does its restore: "unknown database type: ${engine}".`,
    remedy: ({ engines, replacement }: { engines: string; replacement: string }) =>
      `Set one of ${engines}: --set database.TYPE=${replacement}.`,
  },
  postgresLogin: {
    title: 'The login for PostgreSQL has a space, a quote or a backslash',
    consequence:
      'Gogs stops, and so does its restore: "invalid option", "failed to connect", or the password is refused. Before 0.13, such a login worked.',
    remedy:
      "Give the user of PostgreSQL another password, and set it: --set database.PASSWORD=…. Without a space, it is enough to write \\' for ' and \\\\ for \\ in app.ini.",
  },
  httpPort: {
    title: ({ port, release }: { port: string; release: string }) =>
      `[server] HTTP_PORT is ${port}, but Gogs ${release} accepts only a number`,
    consequence: 'Gogs reads it as 0 and listens on a random port.',
    remedy: 'Set the number: --set server.HTTP_PORT=3000.',
  },
  dataPath: {
    title: 'Uploads in another place than the data folder',
    consequence:
      'A backup by Gogs lacks them, and a restore puts them into attachments, avatars and repo-avatars of the data folder, where the new server does not look.',
    remedy:
      'Set the usual place: --set attachment.PATH=data/attachments, picture.AVATAR_UPLOAD_PATH=data/avatars, picture.REPOSITORY_AVATAR_UPLOAD_PATH=data/repo-avatars. Or copy the files over on the new server.',
  },
  emailNotifications: {
    title: ({ release }: { release: string }) => `E-mail notifications with SQLite, on which Gogs ${release} hangs`,
    consequence: 'The first comment on an issue never ends, and from then on every request waits for the database.',
    remedy:
      'Turn them off until a release has mended it: --set user.ENABLE_EMAIL_NOTIFICATION=false. Gogs 0.13, MySQL and PostgreSQL are not affected.',
  },
  localNetwork: {
    title: 'app.ini allows no hosts of the local network',
    consequence: ({ since }: { since: string }) =>
      `Webhooks and mirrors to internal addresses, which Gogs before ${since} delivered, are refused.`,
    remedy: 'If you have any, list the hosts: --set security.LOCAL_NETWORK_ALLOWLIST=ci.internal,10.0.0.5.',
  },
  logToFile: {
    title: ({ modes }: { modes: string }) => `Gogs logs to ${modes}, not to the console`,
    consequence: 'If it cannot start, "gogs web" exits without a message on the console.',
    remedy: ({ folder }: { folder: string }) =>
      `Read gogs.log in ${folder}, or set [log] MODE = console, file for the first start.`,
  },
  absolutePath: {
    title: 'Absolute paths in app.ini',
    consequence:
      'On another machine Gogs creates them again, or stops where it lacks permission: "create SSH root directory", "create \'xorm.log\'".',
    remedy: 'If the new machine keeps its files elsewhere, change them: --set section.KEY=path.',
  },
  windowsPath: {
    title: 'Windows paths in app.ini',
    consequence:
      'On Linux and macOS they are ordinary names: Gogs creates folders called "C:\\…" below its work directory, and finds nothing in them.',
    remedy: 'If the new server does not run Windows, give its own paths: --set section.KEY=path.',
  },
  remoteHost: {
    title: 'Hosts in app.ini',
    consequence: 'The new server connects to these hosts, and a restore replaces the tables it finds there.',
    remedy: 'If the new installation uses others, change them: --set section.KEY=host.',
  },
  relativePath: {
    title: 'Relative paths in app.ini',
    consequence:
      'They are relative to the folder of the new installation, which may not be where the old one had them.',
    remedy: 'Check that these folders are where you want them.',
  },
  reverseProxy: {
    title: 'Users are signed in by a reverse proxy, but app.ini trusts no proxy by address',
    consequence: ({ since }: { since: string }) =>
      `Since ${since} Gogs trusts only a proxy on the same machine: with any other, nobody is signed in.`,
    remedy: 'If the proxy runs elsewhere, name it: --set auth.TRUSTED_PROXY_IPS=10.0.0.5/32.',
  },
  runUser: {
    title: ({ user }: { user: string }) => `Gogs has to run as ${user}`,
    consequence: ({ user }: { user: string }) =>
      `Started by anyone else, Gogs stops, and so does each of its commands: "user configured to run Gogs is "${user}", but the current user is …".`,
    remedy: ({ user }: { user: string }) =>
      `Run Gogs and its commands as ${user}, or change the name: --set RUN_USER=name. Docker images use git.`,
  },
  secretKey: {
    missing: 'app.ini has no secret key',
    example: "app.ini has the secret key of Gogs' example",
    reminder: ({ key }: { key: string }) => `app.ini has the secret key ${key}, which is a reminder to set one`,
    starts: ({ release }: { release: string }) =>
      `Gogs ${release} starts, with a publicly known key: anyone who obtains the database can read the two-factor secrets.`,
    isWeak:
      'Gogs uses the key published with its source: anyone who obtains the database can read the two-factor secrets, and "remember me" cookies are weaker.',
    doesNotStart: ({ release }: { release: string }) =>
      `Gogs ${release} does not start: "[security] SECRET_KEY must be set to a strong, unguessable value".`,
    setLater:
      'Once the new server runs, set [security] SECRET_KEY to a long random text; users with two-factor authentication then have to enrol again.',
    setNow: ({ published }: { published: string }) =>
      `Set a long random text: --set security.SECRET_KEY=…. The tool does not generate one, because the key decrypts the two-factor secrets: with a new key, users with two-factor authentication have to enrol again. The secrets of a server without a key of its own can be decrypted only with ${published}.`,
  },
  oldAddress: {
    title: ({ now, host }: { now: string; host: string }) => `app.ini names ${now} in one place and ${host} in another`,
    consequence: 'Links on pages and in mails, and the addresses to clone from, lead to the old server.',
    remedy: ({ setting }: { setting: string }) => `Set it as well: --set ${setting}.`,
  },
  otherEngine: {
    mismatch: ({ engine, named }: { engine: string; named: string }) =>
      `The output is for ${engine}, but its app.ini names ${named}`,
    restoreGoesThere: ({ named }: { named: string }) =>
      `Gogs starts on the ${named} database that app.ini names, and a restore writes into it.`,
    setAll: ({ engine }: { engine: string }) =>
      `Set all of [database] for ${engine}, beginning with --set database.TYPE=${engine}, and do not use --keep-config.`,
    nowNames: ({ engine }: { engine: string }) => `app.ini now names ${engine} as the database engine`,
    isFile: ({ path, old }: { path: string; old: string }) =>
      `The database is the file ${path}. HOST, NAME, USER and PASSWORD in [database] are those of ${old}, and are no longer read.`,
    setPath: 'To keep it elsewhere, set its path: --set database.PATH=….',
    staleValues: ({ old }: { old: string }) =>
      `The other values in [database] are still those for ${old}: with them, Gogs does not reach its database.`,
    setValues: ({ address }: { address: string }) =>
      `Upgrade again with those of the new server: --set database.HOST=${address} --set database.NAME=gogs --set database.USER=gogs --set database.PASSWORD=…; or write them into app.ini before Gogs starts.`,
    oldNames: ({ old, engine }: { old: string; engine: string }) =>
      `The old server's app.ini names ${old}, but the output is for ${engine}`,
    noAppIni: 'The output contains no app.ini.',
    newSqlite: 'In that of the new server, set TYPE = sqlite3 and PATH in [database].',
    newServer: ({ engine, address }: { engine: string; address: string }) =>
      `In that of the new server, set TYPE = ${engine}, HOST = ${address}, NAME, USER and PASSWORD in [database].`,
  },
  renamed: {
    title: 'Settings in app.ini have new names',
    consequence: 'Under its old name, Gogs silently ignores a setting and uses its default.',
    remedy: 'Renamed; the values are the same.',
  },
  dropped: {
    title: 'Settings in app.ini appear under both their old and their new name',
    consequence: 'Gogs 0.12 obeyed one of the two; later versions only know the new name.',
    remedy: 'Kept the value that Gogs 0.12 obeyed, and removed the other.',
  },
  rewritten: {
    title: 'Settings in app.ini would mean something else to the new version',
    consequence: 'Gogs would read a different value than before.',
    remedy: 'Rewritten so that the value is read as before.',
  },
  added: {
    title: 'Settings that app.ini leaves to a default which has changed',
    consequence: 'Gogs would use its new default.',
    remedy: 'Wrote the old default into app.ini.',
  },
  unread: {
    title: 'Settings in app.ini that Gogs does not read',
    consequence: 'They have no effect.',
    remedy: 'Left unchanged; delete them when you next edit the file.',
  },
};
