/** What can be written. */
export const OUTPUT_FORMATS = ['zip', 'sql', 'csv'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];
