/** Completion for bash 3.2 (the version of macOS) and later. Without candidates of ours, bash offers files. */
import { TOOL } from '../../core/tool.js';
import type { Value, Vocabulary } from './vocabularyOf.js';

export function bashCompletion(commands: readonly Vocabulary[]): string {
  const name = FUNCTION;
  const [standard] = commands.filter(({ isDefault }) => isDefault);
  const names = commands.map(({ command }) => command).join(' ');
  /** Maps each reply to the options that have it. */
  const replies = new Map<string, string[]>();
  for (const { command, words } of commands) {
    for (const { name: option, letter, value } of words) {
      const reply = replyTo(value);
      if (reply === undefined) continue;
      const spellings = [`'${command} --${option}'`, ...(letter === undefined ? [] : [`'${command} -${letter}'`])];
      replies.set(reply, [...(replies.get(reply) ?? []), ...spellings]);
    }
  }
  const values = [...replies].map(
    ([reply, patterns]) => `    ${patterns.join(' | ')})\n      ${reply}\n      return\n      ;;`,
  );
  const places = commands.flatMap(({ command, places: [first] }) => {
    const reply = first === undefined ? undefined : replyTo(first.value);
    return reply === undefined ? [] : [`    ${command}) ${reply} ;;`];
  });
  const options = commands.map(
    ({ command, words }) => `      ${command}) offered='${words.map((word) => `--${word.name}`).join(' ')}' ;;`,
  );
  return `# bash completion for ${TOOL.name}

${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD - 1]}" command='${standard?.command ?? ''}' offered=''
  local IFS=$' \\t\\n'
  COMPREPLY=()
  # bash takes --option=value apart.
  if [[ $current == '=' ]]; then
    current=''
  elif [[ $before == '=' ]]; then
    before="\${COMP_WORDS[COMP_CWORD - 2]}"
  fi
  if ((COMP_CWORD > 1)); then
    case \${COMP_WORDS[1]} in
      ${names.replaceAll(' ', '|')}) command="\${COMP_WORDS[1]}" ;;
    esac
  fi
  case "$command $before" in
${values.join('\n')}
  esac
  if [[ $current == -* ]]; then
    case $command in
${options.join('\n')}
    esac
    COMPREPLY=($(compgen -W "$offered" -- "$current"))
    return
  fi
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${names} help' -- "$current"))
    return
  fi
  case $command in
${places.join('\n')}
  esac
}

complete -o bashdefault -o default -F ${name} ${TOOL.name}
`;
}

/** Undefined if bash itself offers files. */
function replyTo(value: Value | undefined): string | undefined {
  if (value === 'folder') {
    return `IFS=$'\\n'; compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$current"))`;
  }
  if (value === undefined || typeof value === 'string') return undefined;
  return `COMPREPLY=($(compgen -W '${value.join(' ')}' -- "$current"))`;
}

const FUNCTION = `_${TOOL.name.replaceAll('-', '_')}`;
