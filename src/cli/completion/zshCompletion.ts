/** Completion for zsh, with descriptions. */
import { TOOL } from '../../core/tool.js';
import type { Value, Vocabulary, Word } from './vocabularyOf.js';

export function zshCompletion(commands: readonly Vocabulary[]): string {
  const name = `_${TOOL.name}`;
  const [standard] = commands.filter(({ isDefault }) => isDefault);
  const listed = commands.map(({ command, brief }) => `      ${quoted(`${command}:${brief}`)}`);
  const cases = commands.map((vocabulary) => {
    const specs = [...vocabulary.words.flatMap(specsOf), ...placesOf(vocabulary)];
    return `    ${vocabulary.command})\n      _arguments -s -S \\\n        ${specs.join(' \\\n        ')}\n      ;;`;
  });
  return `#compdef ${TOOL.name}

${name}() {
  local command=${standard?.command ?? "''"}
  if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then
    local -a commands=(
${listed.join('\n')}
    )
    _describe -t commands command commands
    _files
    return
  fi
  case $words[2] in
    ${commands.map(({ command }) => command).join('|')})
      command=$words[2]
      shift words
      ((CURRENT--))
      ;;
  esac
  case $command in
${cases.join('\n')}
  esac
}

if [[ $funcstack[1] == ${name} ]]; then
  ${name} "$@"
else
  compdef ${name} ${TOOL.name}
fi
`;
}

function specsOf({ name, letter, describe, value, isRepeatable }: Word): string[] {
  const names = letter === undefined ? [`--${name}`] : [`-${letter}`, `--${name}`];
  const others = isRepeatable ? '*' : names.length > 1 ? `(${names.join(' ')})` : '';
  const what = value === undefined ? '' : `:${name}:${actionOf(value)}`;
  return names.map((spelling) => {
    const sign = value === undefined ? '' : spelling.startsWith('--') ? '=' : '+';
    return quoted(`${others}${spelling}${sign}[${escaped(describe)}]${what}`);
  });
}

const placesOf = ({ places }: Vocabulary): string[] =>
  places.map(({ name, value, isMany }, index) => quoted(`${isMany ? '*' : index + 1}:${name}:${actionOf(value)}`));

function actionOf(value: Value): string {
  if (value === 'file') return '_files';
  if (value === 'folder') return '_files -/';
  return value === 'text' ? ' ' : `(${value.join(' ')})`;
}

/** Escapes text within the brackets of `_arguments`. */
const escaped = (text: string): string => text.replace(/[\\[\]:]/g, '\\$&');

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
