/** Reports the tables of other applications in the same database that the output cannot hold. */
import type { Notice } from '../core/findings.js';
import type { Engine } from '../engines/Engine.js';
import type { ForeignTable, Source } from '../inputs/Source.js';
import type { OutputPlan } from '../outputs/OutputPlan.js';
import { texts } from './texts.js';

/** SQL of the same engine copies them; the zip of `gogs backup` carries them over as files. */
export function leftOutTables(
  source: Source,
  { format, tablesGoTo }: Pick<OutputPlan, 'format' | 'tablesGoTo'>,
  engine: Engine | undefined,
): Notice[] {
  const { foreignTables, form } = source;
  switch (tablesGoTo) {
    case 'nowhere':
    case 'csv':
      return [];
    case 'zip':
      return form === 'gogs backup'
        ? []
        : foreignTables.map(({ name }) => leftOut(name, texts().foreignTable.fromBackup));
    case 'sql': {
      const isScript = format === 'sql' || engine !== 'sqlite3';
      const canCopy = ({ text, writeStatements }: ForeignTable): boolean =>
        source.engine === engine && (writeStatements !== undefined || (isScript && text !== undefined));
      const left = foreignTables.filter((table) => !canCopy(table));
      return left.map(({ name }) => leftOut(name, texts().foreignTable.fromSql({ engine: engine ?? 'SQL' })));
    }
  }
}

const leftOut = (name: string, consequence: string): Notice => ({
  code: 'foreign-table',
  severity: 'warning',
  title: texts().foreignTable.title,
  consequence,
  remedy: texts().foreignTable.remedy,
  needsHand: false,
  source: 'a backup has no place for them, and the SQL of one engine is not valid for another',
  place: name,
});
