export const en = {
  severalGogs: ({ name, places }: { name: string; places: string }) =>
    `Cannot use ${name}: it contains several Gogs (${places}). Give the folder of one of them.`,
  gitea: ({ name, places }: { name: string; places: string }) =>
    `Cannot use ${name}: it is a folder of Gitea or Forgejo (${places}), whose database and files are no longer those of Gogs. Restore it there.`,
  severalRepositories: ({ name, base, places }: { name: string; base: string; places: string }) =>
    `Cannot use ${name}: app.ini says that the repositories are in ${base}, but ${places} contain some. Say which with --repositories DIR.`,
  severalUnpacked: ({ name, zip, places }: { name: string; zip: string; places: string }) =>
    `Cannot use ${name}: the backup in it has no ${zip}, and ${places} contain repositories. Leave one of them in the folder, or none.`,
  tooLarge: ({ name, bytes, most }: { name: string; bytes: number; most: number }) =>
    `Cannot read ${name}: it has ${bytes} bytes, where at most ${most} are expected.`,
  gone: ({ name }: { name: string }) => `Cannot read ${name}: it was there a moment ago. Work on a copy.`,
  databaseOnServer: ({ input, database, engine }: { input: string; database: string; engine: string }) =>
    `Cannot use ${input}: app.ini says that its database is ${database} on ${engine}. Give a dump of it with --database-dump dump.sql.`,
  databaseOnHost: (at: { input: string; database: string; engine: string; host: string }) =>
    `Cannot use ${at.input}: app.ini says that its database is ${at.database} on ${at.engine} at ${at.host}. Give a dump of it with --database-dump dump.sql.`,
  dumpOnServer: ({
    input,
    database,
    engine,
    command,
  }: {
    input: string;
    database: string;
    engine: string;
    command: string;
  }) =>
    `Cannot use ${input}: app.ini says that its database is ${database} on ${engine}. Give a dump of it with --database-dump dump.sql, made by \`${command}\`.`,
  dumpOnHost: (at: { input: string; database: string; engine: string; host: string; command: string }) =>
    `Cannot use ${at.input}: app.ini says that its database is ${at.database} on ${at.engine} at ${at.host}. Give a dump of it with --database-dump dump.sql, made by \`${at.command}\`.`,
  noDatabase: ({ input, path }: { input: string; path: string }) =>
    `Cannot use ${input}: app.ini says that its database is ${path}, but there is no SQLite database at that path. Give it, or a dump of it, with --database-dump FILE.`,
  otherDatabases: ({ input, path, places }: { input: string; path: string; places: string }) =>
    `Cannot use ${input}: app.ini says that its database is ${path}, but there are only ${places}. Give it, or a dump of it, with --database-dump FILE.`,
  linkLeftOut: {
    title: 'Links and special files in the folder are left out',
    consequence:
      'A backup cannot contain links, pipes and sockets: what a link leads to outside of the folder is not in the output.',
    remedy:
      'If a link leads to something that matters, copy the folder, and replace the link in the copy by what it leads to.',
  },
  repositoriesElsewhere: {
    title: 'The repositories are not in the folder',
    consequence: 'The output has no repositories: on the new server, every page of a repository fails with error 500.',
    remedy: 'Give their folder with --repositories DIR; app.ini names it as [repository] ROOT.',
  },
  dataElsewhere: {
    title: 'Data folders are not in the folder',
    consequence:
      'The output lacks their files: attachments answer 404 on the new server, and avatars are default pictures.',
    remedy:
      'On a copy of the folder, replace the link by what it leads to, or put the folder in its place under data/.',
  },
  mysqlShell: ({ input }: { input: string }) =>
    `Cannot read ${input}: it is a dump of MySQL Shell, which no other program reads. Load it into a MySQL server with \`mysqlsh root@localhost -- util load-dump FOLDER\`, and dump that: \`mysqldump --default-character-set=utf8mb4 gogs > dump.sql\`.`,
  severalDatabases: ({ input, names }: { input: string; names: string }) =>
    `Cannot use ${input}: it is a dump of several databases (${names}). Keep the files of one of them in a folder.`,
  tableTwice: ({ name, file }: { name: string; file: string }) =>
    `Cannot use ${name}: it has ${file} in more than one folder. Keep one file per table.`,
  severalDumps: ({ name, count, places }: { name: string; count: number; places: string }) =>
    `Cannot use ${name}: it contains ${count} dumps (${places}). Give one of them.`,
  inTree: ({ path, name }: { path: string; name: string }) => `${path} in ${name}`,
  unreadable: ({ name, places }: { name: string; places: string }) =>
    `Cannot use ${name}: no Gogs was found in it, and these folders cannot be read: ${places}. Run as a user who may read all of it, or give a copy.`,
  onlyRepositories: ({ name }: { name: string }) =>
    `Cannot use ${name}: it contains repositories, but neither an app.ini nor a database of Gogs. Give the folder of the whole server, or the database, and the repositories with --repositories DIR.`,
  noMetadata: ({ name }: { name: string }) =>
    `Cannot use ${name}: it has tables of a backup, but no metadata.ini, which says what Gogs wrote them. Use the backup as it was made; or put a metadata.ini of the same Gogs beside the folder db.`,
  container: ({ name }: { name: string }) =>
    `Cannot use ${name}: it is the file system of a container without its volumes, which \`docker export\` leaves out. Everything of Gogs is in the volume: \`docker cp CONTAINER:/data - > data.tar\`.`,
  image: ({ name }: { name: string }) =>
    `Cannot use ${name}: it is an image, as \`docker save\` writes it, and no volume is in it. Everything of Gogs is in the volume of the container: \`docker cp CONTAINER:/data - > data.tar\`.`,
  nothing: ({ name }: { name: string }) =>
    `Cannot use ${name}: it contains no backup of Gogs, no gogs.db and no dump of the database; it is empty. Give the zip that \`gogs backup\` wrote, the folder of a Gogs (with app.ini), its gogs.db, a dump as SQL, or CSV files named after their tables.`,
  otherFiles: ({ name, found }: { name: string; found: string }) =>
    `Cannot use ${name}: it contains no backup of Gogs, no gogs.db and no dump of the database; it contains ${found}. Give the zip that \`gogs backup\` wrote, the folder of a Gogs (with app.ini), its gogs.db, a dump as SQL, or CSV files named after their tables.`,
  andMore: ({ names, count }: { names: string; count: number }) => `${names} and ${count} more`,
  cannotPack: ({ path, problem }: { path: string; problem: string }) =>
    `Cannot pack ${path}: ${problem}, which no backup can contain. Rename it on a copy of the folder.`,
};
