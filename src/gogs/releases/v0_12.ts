/** The changes of Gogs 0.12. */
import { isTrue } from '../settings/isTrue.js';
import {
  createTable,
  dropColumn,
  integer,
  newTable,
  type Release,
  renameKey,
  type SettingRename,
  type SettingsInForce,
  text,
  time,
} from './Release.js';
import { texts } from './texts.js';

const isSet = (value: string): boolean => value !== '';
const isPositive = (value: string): boolean => /^\+?0*[1-9]\d*$/.test(value);
const sendsMail = ({ get }: SettingsInForce): boolean => isTrue(get('email.ENABLED') ?? '');

// handleDeprecated in internal/conf/static.go@v0.12.11, with the new section names.
const RENAMED: readonly SettingRename[] = [
  { from: 'APP_NAME', to: 'BRAND_NAME', overrules: isSet },
  { from: 'server.ROOT_URL', to: 'server.EXTERNAL_URL', overrules: isSet },
  {
    from: 'server.LANDING_PAGE',
    to: 'server.LANDING_URL',
    overrules: (value) => value === 'explore',
    // Up to 0.11 a word, from 0.12 on a path: NewContext in pkg/setting/setting.go@v0.11.91.
    convert: (value) => (value === 'explore' ? '/explore' : '/'),
  },
  { from: 'database.DB_TYPE', to: 'database.TYPE', overrules: isSet },
  { from: 'database.PASSWD', to: 'database.PASSWORD', overrules: isSet },
  { from: 'email.PASSWD', to: 'email.PASSWORD', overrules: isSet },
  { from: 'auth.ACTIVE_CODE_LIVE_MINUTES', to: 'auth.ACTIVATE_CODE_LIVES', overrules: isPositive },
  { from: 'auth.RESET_PASSWD_CODE_LIVE_MINUTES', to: 'auth.RESET_PASSWORD_CODE_LIVES', overrules: isPositive },
  { from: 'auth.REGISTER_EMAIL_CONFIRM', to: 'auth.REQUIRE_EMAIL_CONFIRMATION', overrules: isTrue },
  { from: 'auth.ENABLE_CAPTCHA', to: 'auth.ENABLE_REGISTRATION_CAPTCHA', overrules: isTrue },
  { from: 'auth.ENABLE_NOTIFY_MAIL', to: 'user.ENABLE_EMAIL_NOTIFICATION', overrules: isTrue },
  {
    from: 'security.REVERSE_PROXY_AUTHENTICATION_USER',
    to: 'auth.REVERSE_PROXY_AUTHENTICATION_HEADER',
    overrules: isSet,
  },
  { from: 'session.GC_INTERVAL_TIME', to: 'session.GC_INTERVAL', overrules: isPositive },
  { from: 'session.SESSION_LIFE_TIME', to: 'session.MAX_LIFE_TIME', overrules: isPositive },
];

export const RELEASES_0_12 = [
  // Development builds wrote `RawCfg` beside `Cfg`, and later `Config` beside `RawConfig`. If several have a value, the newest
  // key counts.
  {
    version: '0.12.0-dev.1',
    source: 'internal/db/login_source.go@571be84e2',
    tables: [renameKey('login_source.cfg', 'RawCfg')],
  },
  {
    version: '0.12.0-dev.2',
    source: 'internal/db/login_source.go@41f56ad05',
    tables: [renameKey('login_source.cfg', 'Config')],
  },
  {
    version: '0.12.0',
    source: 'internal/db/*.go, internal/conf/*.go, conf/app.ini@v0.12.0; measured',
    tables: [
      renameKey('login_source.cfg', 'RawConfig'),
      renameKey('access_token.uid', 'UserID'),
      dropColumn('user', 'login_type'),
      createTable(
        newTable('LFSObject', 'lfs_object', [
          integer('repo_id', 'RepoID'),
          text('oid', 'OID'),
          integer('size', 'Size'),
          text('storage', 'Storage'),
          time('created_at', 'CreatedAt'),
        ]),
        { after: 'follow' },
      ),
    ],
    settings: {
      // Both names are read, [mailer] after [email] and [service] after [auth]: internal/conf/conf.go@v0.12.11. "Deprecated …
      // will be removed in 0.13" is true: v0.13.0 no longer reads them, and 0.14 warns about them (checkInvalidOptions in
      // internal/conf/static.go@v0.14.0).
      oldNamesReadUntil: '0.13.0',
      renameSections: { mailer: 'email', service: 'auth' },
      rename: RENAMED,
      remove: {
        'email.SEND_BUFFER_LEN': () => texts().removed.fixedQueue,
        'server.STATIC_ROOT_PATH': () => texts().removed.assetsInBinary,
        'repository.MIRROR_QUEUE_LENGTH': () => texts().removed.fixedQueue,
        'repository.PULL_REQUEST_QUEUE_LENGTH': () => texts().removed.fixedQueue,
        'webhook.QUEUE_LENGTH': () => texts().removed.fixedQueue,
        'release.attachment.PATH': () => texts().removed.releaseAttachments,
        'session.ENABLE_SET_COOKIE': () => texts().removed.cookiesAlwaysSet,
        'auth.SHOW_REGISTRATION_BUTTON': () => texts().removed.registrationButton,
        'other.SHOW_FOOTER_VERSION': () => texts().removed.noFooterVersion,
      },
      // conf/app.ini@v0.11.91 against @v0.12.0. A file without such a section was never used by a running instance.
      defaults: [
        { name: 'database.TYPE', former: ({ hasSection }) => (hasSection('database') ? 'mysql' : undefined) },
        {
          name: 'database.HOST',
          former: ({ get, hasSection }) =>
            hasSection('database') && get('database.TYPE') === 'mysql' ? '127.0.0.1:3306' : undefined,
        },
        {
          name: 'database.USER',
          former: ({ get, hasSection }) =>
            hasSection('database') && get('database.TYPE') !== 'sqlite3' ? 'root' : undefined,
        },
        // Empty: no login. From 0.12 on Gogs would log in as noreply@gogs.localhost.
        { name: 'email.USER', former: (settings) => (sendsMail(settings) ? '' : undefined) },
        // Before, FROM defaulted to USER: newMailService in pkg/setting/setting.go@v0.11.91.
        {
          name: 'email.FROM',
          former: (settings) => (sendsMail(settings) ? settings.get('email.USER') || undefined : undefined),
        },
      ],
    },
    // Up to 0.11 there was an embedded engine: models/models.go@v0.9.141.
    program: { engines: ['mysql', 'postgres', 'sqlite3', 'mssql'] },
  },
  {
    version: '0.12.6',
    source: 'internal/conf/static.go@v0.12.5 against @v0.12.6',
    settings: { add: ['security.LOCAL_NETWORK_ALLOWLIST'] },
  },
] as const satisfies readonly Release[];
