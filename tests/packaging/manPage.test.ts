import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { manPage } from '../../packaging/manPage.js';
import { COMMANDS } from '../../src/cli/commands/commands.js';
import { EXIT_CODES } from '../../src/cli/exitCodes.js';
import { hasProgram } from '../support/programs.js';

(hasProgram('groff') ? test : test.skip)('the manual page is set without a warning and says what the help says', () => {
  const { stdout, stderr } = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-P-cbou', '-rLL=100n'], {
    input: manPage(),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const words = stdout.replaceAll(/\s+/g, ' ');
  for (const { name, arguments: args, options, examples } of COMMANDS) {
    expect(words).toContain(`gogs-backup-upgrade ${name}`);
    for (const place of Object.keys(args)) expect(words).toContain(place.toUpperCase());
    for (const [option, { describe }] of Object.entries(options)) {
      expect(words).toContain(`--${option}`);
      expect(words).toContain(describe());
    }
    for (const [, line] of examples) expect(stdout).toContain(line.replaceAll('$0', 'gogs-backup-upgrade'));
  }
  for (const { meaning } of EXIT_CODES) expect(words).toContain(meaning());
});
