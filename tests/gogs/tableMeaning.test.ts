import { expect, test } from '@jest/globals';
import { LANGUAGES, setLanguage } from '../../src/core/language.js';
import { GOGS } from '../../src/gogs/gogsHistory.js';
import { tableMeaning } from '../../src/gogs/tableMeaning.js';

test.each(LANGUAGES)('every table that a release of Gogs has is explained in %s', (language) => {
  setLanguage(language);
  try {
    const unexplained = GOGS.tables.filter(({ name }) => tableMeaning(name) === '').map(({ name }) => name);
    expect(unexplained).toEqual([]);
  } finally {
    setLanguage('en');
  }
});
