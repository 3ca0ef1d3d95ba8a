/** `gogs-backup-upgrade completion SHELL`: prints a script, so that completion does not have to start this program. */
import { type Command, defineCommand } from '../Command.js';
import { bashCompletion } from '../completion/bashCompletion.js';
import { fishCompletion } from '../completion/fishCompletion.js';
import { vocabularyOf } from '../completion/vocabularyOf.js';
import { zshCompletion } from '../completion/zshCompletion.js';
import { printResult } from '../printResult.js';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** `commands`: all other commands. */
export function completionOf(commands: readonly Command[]): Command {
  const command = defineCommand({
    name: 'completion',
    brief: 'Print what lets a shell complete commands and options',
    summary: 'Print a script that lets bash, zsh or fish complete commands, options and their values',
    arguments: { shell: { describe: 'bash, zsh or fish', choices: Object.keys(SHELLS) } },
    options: {},
    examples: [
      ['In ~/.bashrc', 'eval "$($0 completion bash)"'],
      ['In ~/.zshrc, after compinit', 'eval "$($0 completion zsh)"'],
      ['In ~/.config/fish/config.fish', '$0 completion fish | source'],
    ],
    exitCodes: [],

    async run({ shell }) {
      const vocabularies = [...commands, command].map(vocabularyOf);
      await printResult(SHELLS[shell as keyof typeof SHELLS](vocabularies));
    },
  });
  return command;
}
