/**
 * A transformer for jest, with which modules look up `Math`, `Buffer` and other globals only once, when they are loaded. jest
 * runs modules in a context of node:vm, where each use of a global calls an interceptor: 200 ns, against 1 ns in the program.
 * With this, tests that process bytes take half the time.
 */
const NAMES = Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Z]\w+$/.test(name));

export default {
  process(code: string): { code: string } {
    const mentioned = new Set(code.match(/\b[A-Z]\w+/g));
    const declared = new Set(
      Array.from(code.matchAll(/^(?:import .*|(?:export )?(?:class|const|function|let) \w+)/gm), ([text]) =>
        text.match(/\b[A-Z]\w+/g),
      ).flat(),
    );
    const captured = NAMES.filter((name) => mentioned.has(name) && !declared.has(name));
    // On the first line, so that line numbers in stack traces do not change.
    return { code: captured.length === 0 ? code : `const { ${captured.join(', ')} } = globalThis; ${code}` };
  },
};
