/** What is measured: an input, and the programs that compete on it. */
import type { Contender } from './contenders.js';

/** The options of `npm run bench` that determine its inputs: see its help. */
export interface Sizes {
  readonly megabytes: number;
  readonly tableMegabytes: number;
  readonly entries: number;
  readonly batchInputs: number;
  readonly rows: number;
  readonly dumpMegabytes: number;
  readonly parserMegabytes: number;
  readonly loadRows: number;
}

export interface Scenario {
  readonly name: string;
  /** Printed above its results. */
  readonly about: string;
  /** Creates the input in an empty folder, and returns its path. */
  readonly makeInput: (folder: string) => Promise<string>;
  /** Ratios are relative to the first one. */
  readonly contenders: readonly Contender[];
  /** Only measured if it is named. */
  readonly onRequest?: boolean;
}
