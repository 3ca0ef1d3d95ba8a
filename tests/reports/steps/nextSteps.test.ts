import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { IniDocument } from '../../../src/formats/ini/IniDocument.js';
import { GOGS } from '../../../src/gogs/gogsHistory.js';
import { readFacts } from '../../../src/gogs/settings/facts.js';
import { nextStepsPage } from '../../../src/reports/nextStepsPage.js';
import { nextSteps } from '../../../src/reports/steps/nextSteps.js';
import type { Situation } from '../../../src/reports/steps/Situation.js';
import { upgrade } from '../../../src/upgrade/upgrade.js';
import { fixture, temporaryFolder } from '../../support/fixtures.js';
import { first, plant } from '../../support/plant.js';
import { readEntry, readTables } from '../../support/readBackup.js';

const folder = temporaryFolder();
const facts = (text: string) => readFacts(IniDocument.parse(Buffer.from(text)), GOGS.settings);
const rows = (table: string, count: number) => ({
  ...{ table, type: table, rowsIn: count, rowsAdded: 0, rowsOut: count, leftOut: {}, changes: [] },
});

const bare: Situation = {
  ...{
    output: 'new.zip',
    target: '0.13',
    maxLineBytes: 65_536,
    engine: 'sqlite3',
    format: 'zip',
    sql: null,
    exact: false,
    filesOnly: false,
    composeFile: null,
    repositoriesTop: undefined,
    layout: undefined,
  },
  ...{ afterRestoreSql: null, facts: undefined, access: {}, hasConfig: false, files: { has: () => false }, tables: [] },
};
const commands = (situation: Partial<Situation>): string[] =>
  nextSteps({ ...bare, ...situation }).flatMap(({ command }) => (command === undefined ? [] : [command]));
const having =
  (...groups: string[]) =>
  (group: string): boolean =>
    groups.includes(group);

describe('in the official image', () => {
  const DOCKER = '[repository]\nROOT = /data/git/gogs-repositories\n[log]\nROOT_PATH = /app/gogs/log\n';
  const config = (text: string): string =>
    text
      .replace(/^ROOT *=.*$/m, 'ROOT = /data/git/gogs-repositories')
      .replace(/^ROOT_PATH *=.*$/m, 'ROOT_PATH = /app/gogs/log');

  test('no restore is suggested, and the command of the checklist creates the volume', async () => {
    const output = join(folder, 'docker.zip');
    const { nextSteps: steps } = await upgrade(await plant(folder, { config }), output);
    const found = steps.flatMap(({ command }) => (command === undefined ? [] : [command]));
    expect(found).toEqual([`gogs-backup-upgrade ${output} gogs-volume --layout docker`]);
    const volume = join(folder, 'gogs-volume');
    await upgrade(output, volume, { layout: 'docker' });
    for (const place of ['gogs/conf/app.ini', 'gogs/data/gogs.db', 'git/gogs-repositories/alice']) {
      expect(existsSync(join(volume, place))).toBe(true);
    }
  });

  test('files beside SQL are unpacked into the volume', () => {
    const files = { has: having('custom', 'repositories.zip', 'data/avatars') };
    const found = commands({
      sql: 'new.sql',
      hasConfig: true,
      files,
      facts: facts(DOCKER),
      tables: [rows('public_key', 1)],
    });
    expect(found.join('\n')).not.toContain('gogs restore');
    expect(found).toEqual([
      expect.stringContaining('unzip -q unpacked/gogs-backup/repositories.zip -d gogs-volume/git'),
      'sqlite3 -bail gogs-volume/gogs/data/gogs.db < new.sql',
      expect.stringContaining('docker run -d'),
      'docker exec -u git -e USER=git -w /app/gogs gogs ./gogs admin resync-hooks',
      'docker exec -u git -e USER=git -w /app/gogs gogs ./gogs admin rewrite-authorized-keys',
    ]);
  });
});

describe('only applicable steps are listed', () => {
  test('a database alone is restored with a configuration from elsewhere', () => {
    expect(commands({})).toEqual([
      'gogs restore --from new.zip --tempdir FOLDER --database-only --config PATH/TO/app.ini',
    ]);
  });

  test('a full backup needs no options', () => {
    const files = { has: having('custom', 'repositories.zip', 'data/ssh') };
    const found = commands({ hasConfig: true, files, facts: facts('[server]\nAPP_DATA_PATH = /srv/data\n') });
    expect(found).toEqual([
      'gogs restore --from new.zip --tempdir /srv',
      'gogs admin resync-hooks',
      "unzip -j new.zip 'gogs-backup/data/ssh/*' -d /srv/data/ssh",
    ]);
  });

  test('files without a custom folder are unpacked by hand', () => {
    const found = commands({ files: { has: having('repositories.zip') } });
    expect(found[0]).toContain('--database-only');
    expect(found[1]).toMatch(/^unzip new\.zip/);
  });

  test('keys and LFS objects are named if there are any', () => {
    const tables = [rows('public_key', 2), rows('lfs_object', 3)];
    const settings = facts('[lfs]\nOBJECTS_PATH = /srv/lfs objects\n');
    expect(commands({ tables, facts: settings })).toEqual(
      expect.arrayContaining([
        'gogs admin rewrite-authorized-keys',
        "rsync -a OLD-SERVER:'/srv/lfs objects/' '/srv/lfs objects/'",
      ]),
    );
    expect(commands({ tables, facts: facts('[server]\nSTART_SSH_SERVER = true\n') })).not.toContain(
      'gogs admin rewrite-authorized-keys',
    );
  });

  test.each([
    ['mysql', "mariadb 'my db' < new.after-restore.sql"],
    ['postgres', "psql -v ON_ERROR_STOP=1 -d 'my db' < new.after-restore.sql"],
    ['sqlite3', 'sqlite3 -bail /srv/gogs.db < new.after-restore.sql'],
  ] as const)('SQL for after the restore is loaded into %s by its own client', (engine, command) => {
    const settings = facts('[database]\nTYPE = sqlite3\nNAME = my db\nPATH = /srv/gogs.db\n');
    expect(commands({ engine, facts: settings, afterRestoreSql: 'new.after-restore.sql' })).toContain(command);
  });

  test('the restore gets a folder on the disk of its data, with the reason', () => {
    const files = { has: having('custom') };
    const restoreOf = (text: string) =>
      nextSteps({ ...bare, files, hasConfig: true, facts: facts(text) }).find(({ title }) => title === 'Restore');
    expect(restoreOf('[log]\nROOT_PATH = /home/git/gogs/log\n')?.command).toContain('--tempdir /home/git/gogs');
    expect(restoreOf('[server]\nAPP_DATA_PATH = /data/gogs/data\n')?.command).toContain('--tempdir /data/gogs');
    expect(restoreOf('[log]\nROOT_PATH = /var/log/gogs\n')?.command).toContain('--tempdir FOLDER');
    expect(restoreOf('')?.why).toContain(
      'on the same disk as the custom and data folders of Gogs, because files are moved',
    );
  });

  test('a server on Windows gets commands for PowerShell', () => {
    const settings = facts('[database]\nNAME = my db\n[repository]\nROOT = C:\\Gogs Data\\repositories\n');
    const given = { facts: settings, hasConfig: true, afterRestoreSql: 'new.after-restore.sql' };
    const tables = [rows('lfs_object', 3)];
    const found = commands({ ...given, tables, engine: 'mysql', files: { has: having('custom', 'data/ssh') } });
    expect(found).toContain("mariadb 'my db' -e 'source new.after-restore.sql'");
    expect(found).toContain('tar -xf new.zip --strip-components 3 -C data/ssh gogs-backup/data/ssh');
    expect(found).toContain('scp -r OLD-SERVER:data/lfs-objects data');
    expect(commands({ ...given, engine: 'postgres' })).toContain(
      "psql -v ON_ERROR_STOP=1 -d 'my db' -f new.after-restore.sql",
    );
    expect(commands({ ...given, engine: 'sqlite3' })).toContain(
      'sqlite3 -bail PATH/TO/gogs.db \'.read "new.after-restore.sql"\'',
    );
    expect(found.join('\n')).not.toMatch(/ < |rsync|unzip/);
  });

  test('a database file is put in place after the old data folder, which has one of the same name', () => {
    const steps = nextSteps({
      ...bare,
      format: 'sqlite',
      output: 'new.db',
      facts: facts('[database]\nPATH = data/gogs.db\n'),
    });
    const [copied, placed] = ['Copy the files', 'Put the database file'].map((title) =>
      steps.findIndex((step) => step.title.startsWith(title)),
    );
    expect(copied).toBeLessThan(placed ?? 0);
    expect(steps[copied ?? 0]?.why).toContain('gogs.db-journal');
    expect(steps.map(({ title }) => title)).toContain('Give the new app.ini the SECRET_KEY of the old server');
    const withServer = nextSteps({ ...bare, format: 'sql', sql: 'new.sql', engine: 'postgres' });
    expect(withServer.map(({ why }) => why).join()).not.toContain('gogs.db');
    const withFile = nextSteps({ ...bare, format: 'sql', sql: 'new.sql', engine: 'sqlite3' });
    expect(withFile.map(({ why }) => why).join()).toContain('gogs.db-wal');
  });

  test('SQL output is loaded instead of restored', () => {
    const found = commands({ format: 'sql', output: 'new.sql.gz', sql: 'new.sql.gz', engine: 'postgres' });
    expect(found).toContain('gunzip -c new.sql.gz | psql -v ON_ERROR_STOP=1 -d gogs');
    expect(found.join()).not.toContain('gogs restore');
  });
});

describe('the commands of a server folder work as printed', () => {
  const stepsOf = async (name: string, set: readonly string[], engine?: 'postgres' | 'mysql') => {
    const output = join(folder, name);
    const { nextSteps: steps } = await upgrade(fixture('0.12.3-postgres', 'backup.zip'), output, {
      ...{ layout: 'binary', set },
      ...(engine === undefined ? {} : { engine }),
    });
    return { output, steps, found: steps.flatMap(({ command }) => (command === undefined ? [] : [command])) };
  };

  test('PostgreSQL gets a database that belongs to the user of app.ini, who loads it: nobody else owns its tables', async () => {
    const set = ['database.HOST=db.example.com:5433', 'database.USER=forge', 'database.NAME=forge db'];
    const { output, steps, found } = await stepsOf('postgres', set);
    expect(found.slice(0, 2)).toEqual([
      "createdb --encoding UTF8 --owner forge 'forge db'",
      `psql -v ON_ERROR_STOP=1 -h db.example.com -p 5433 -U forge -d 'forge db' < ${output}/database.sql`,
    ]);
    expect(steps[0]?.why).toContain('createuser --pwprompt forge');
    const socket = await stepsOf('socket', ['database.HOST=/run/postgresql', 'database.USER=forge']);
    expect(socket.found[1]).toContain('-h /run/postgresql -U forge');
    const six = await stepsOf('six', ['database.HOST=[::1]:5432', 'database.USER=forge']);
    expect(six.found[1]).toContain('-h ::1 -p 5432 -U forge');
  });

  test('MySQL gets a database that the user of app.ini loads, and the checklist says who needs rights on it', async () => {
    const set = ['database.HOST=127.0.0.1:3306', 'database.USER=forge', 'database.NAME=forge db'];
    const { output, steps, found } = await stepsOf('mysql', set, 'mysql');
    expect(steps[0]?.why).toContain('give forge, the USER of app.ini, all rights');
    expect(found[1]).toBe(`mariadb -h 127.0.0.1 -P 3306 -u forge -p 'forge db' < ${output}/database.sql`);
  });

  test('an address of the old engine is not used', async () => {
    const { steps } = await stepsOf('stale', [], 'mysql');
    expect(steps.map(({ why }) => why).join('\n')).not.toContain('the USER of app.ini');
    const output = join(folder, 'stale-sql');
    const found = await upgrade(fixture('0.12.3-mysql', 'backup.zip'), output, {
      layout: 'binary',
      engine: 'postgres',
    });
    expect(found.nextSteps.map(({ command }) => command)).toEqual(
      expect.arrayContaining(['createdb --encoding UTF8 g_0_12_3_mysql']),
    );
  });

  test('the program runs in its folder, which is given away once everything is in it', async () => {
    const { output, steps, found } = await stepsOf('owned', ['RUN_USER=git']);
    expect(found.slice(-4)).toEqual([
      `rsync -a OLD-SERVER:data/lfs-objects/ ${output}/data/lfs-objects/`,
      `chown -R git: ${output}`,
      `cd ${output} && ./gogs admin rewrite-authorized-keys`,
      `cd ${output} && ./gogs web`,
    ]);
    expect(steps.find(({ command }) => command?.startsWith('chown'))?.why).toContain('as git');
  });
});

test('the checklist is written beside the output, with a reason for every step', async () => {
  const output = join(folder, 'new.zip');
  const report = await upgrade(fixture('0.12.3-postgres', 'backup.zip'), output);
  expect(report.output.nextSteps).toBe(join(folder, 'new.next-steps.md'));
  const page = readFileSync(join(folder, 'new.next-steps.md'), 'utf8');
  for (const { title, command, why } of report.nextSteps) {
    expect(page).toContain(`**${title.replace(/[\\`*[<]/g, '\\$&')}**`);
    expect(page).toContain(why.replace(/[\\`*[<]/g, '\\$&'));
    if (command !== undefined) expect(page).toContain(command);
  }
});

test('names from the input are not markup in the checklist', () => {
  const page = nextStepsPage(
    { output: '<b>*x*</b>.zip', format: 'zip', target: '0.13' },
    {
      steps: [{ title: '[a](b)', why: 'one\n# two' }],
      ...{ findings: [], settings: [], shell: 'posix' },
    },
  );
  expect(page).toContain('\\<b>\\*x\\*\\</b>.zip');
  expect(page).toContain('\\[a](b)');
  expect(page).not.toMatch(/^# two/m);
});

test('a rehearsal contacts nobody, and says that it is not a backup to keep', async () => {
  const input = await plant(folder, { rows: { HookTask: first({ IsDelivered: false }) } });
  const output = join(folder, 'rehearsal.zip');
  const { findings } = await upgrade(input, output, { rehearsal: true });
  const tables = await readTables(output);
  expect(tables['Webhook.json']?.map(({ IsActive }) => IsActive)).toEqual([false, false, false]);
  expect(tables['HookTask.json']?.every(({ IsDelivered }) => IsDelivered === true)).toBe(true);
  expect(tables['Mirror.json']?.map(({ NextSyncUnix }) => NextSyncUnix)).toEqual([253_402_300_799]);
  const config = IniDocument.parse(await readEntry(output, 'gogs-backup/custom/conf/app.ini'));
  expect(config.get('cron.update_mirrors', 'ENABLED')).toBe('false');
  expect(config.get('email', 'ENABLED')).toBe('false');
  expect(findings.find(({ code }) => code === 'rehearsal')?.title).toContain('do not keep it as a backup');
});

test('a rehearsal of a database alone creates no configuration', async () => {
  const output = join(folder, 'rehearsal-database.zip');
  await upgrade(fixture('0.12.3-sqlite3', 'backup-database-only.zip'), output, { rehearsal: true });
  await expect(readEntry(output, 'gogs-backup/custom/conf/app.ini')).rejects.toThrow();
});
