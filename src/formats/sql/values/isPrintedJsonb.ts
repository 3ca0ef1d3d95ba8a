/** Whether PostgreSQL prints a `jsonb` this way: it sorts keys, drops repeated ones, and rewrites spaces, numbers and escapes. */

const OUTSIDE = /"|-?(?:0|[1-9]\d*)(?:\.\d+)?|true|false|null|[[\]{}]|, /y;
/** A string that `: ` follows is a key. One piece at a time, because a pattern for the whole string takes memory for each escape. */
const INSIDE = /[^"\\]+|\\(?:["\\bfnrt]|u00(?:0[0-7be-f]|1[\da-f]))|"(: )?/y;
const NEGATIVE_ZERO = /^-0(?:\.0*)?$/;

/** `text`: JSON, given as latin1; PostgreSQL rejects anything else. */
export function isPrintedJsonb(text: string): boolean {
  /** The last key of each open object. */
  const keys: (string | undefined)[] = [];
  /** Where the string begins. */
  let opened: number | undefined;
  for (let at = 0; at < text.length; ) {
    const pattern = opened === undefined ? OUTSIDE : INSIDE;
    pattern.lastIndex = at;
    const [token, colon] = pattern.exec(text) ?? [];
    if (token === undefined) return false;
    if (opened === undefined) {
      if (NEGATIVE_ZERO.test(token)) return false;
      if (token === '"') opened = at;
      else if (token === '{' || token === '[') keys.push(undefined);
      else if (token === '}' || token === ']') keys.pop();
    } else if (token.startsWith('"')) {
      if (colon !== undefined) {
        const [before, key] = [keys.pop(), unescaped(text.slice(opened, at + 1))];
        if (key === undefined || (before !== undefined && !comesBefore(before, key))) return false;
        keys.push(key);
      }
      opened = undefined;
    }
    at += token.length;
  }
  return true;
}

/** The shorter key comes first: compareJsonbStringValue and lengthCompareJsonbStringValue in its jsonb_util.c. */
const comesBefore = (one: string, other: string): boolean =>
  one.length === other.length ? one < other : one.length < other.length;

/** Undefined for a string with control characters, which is no JSON. */
function unescaped(string: string): string | undefined {
  try {
    return String(JSON.parse(string));
  } catch {
    return undefined;
  }
}
