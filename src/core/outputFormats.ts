/** What can be written. */
export const OUTPUT_FORMATS = ['zip', 'sql', 'csv'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** What people call it. */
export const FORMAT_NAMES: Readonly<Record<OutputFormat, string>> = { zip: 'backup', sql: 'SQL', csv: 'CSV files' };
