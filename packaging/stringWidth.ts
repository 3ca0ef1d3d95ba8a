/**
 * Replaces the package string-width in the page layout of yargs. That package prepares for every emoji, which takes longer than
 * the rest of yargs.
 */
export { displayWidth as default } from '../src/core/displayWidth.js';
