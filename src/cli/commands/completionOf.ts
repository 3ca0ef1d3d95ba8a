/** `gogs-backup-upgrade completion SHELL`: prints a script, so that completion does not have to start this program. */
import { type Command, defineCommand } from '../Command.js';
import { bashCompletion } from '../completion/bashCompletion.js';
import { fishCompletion } from '../completion/fishCompletion.js';
import { vocabularyOf } from '../completion/vocabularyOf.js';
import { zshCompletion } from '../completion/zshCompletion.js';
import { printResult } from '../printResult.js';
import { texts } from '../texts.js';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** `commands`: all other commands. */
export function completionOf(commands: readonly Command[]): Command {
  const command = defineCommand({
    name: 'completion',
    brief: () => texts().completion.brief,
    summary: () => texts().completion.summary,
    arguments: { shell: { describe: () => texts().completion.shell, choices: Object.keys(SHELLS) } },
    options: {},
    examples: [
      [() => texts().completion.examples.bash, 'eval "$($0 completion bash)"'],
      [() => texts().completion.examples.zsh, 'eval "$($0 completion zsh)"'],
      [() => texts().completion.examples.fish, '$0 completion fish | source'],
    ],
    exitCodes: [],

    async run({ shell }) {
      const vocabularies = [...commands, command].map(vocabularyOf);
      await printResult(SHELLS[shell as keyof typeof SHELLS](vocabularies));
    },
  });
  return command;
}
