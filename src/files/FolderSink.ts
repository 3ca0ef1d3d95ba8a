/** Takes the files of a folder one by one: writes them, or compares them with an existing folder. */
import { isAbsolute, posix } from 'node:path';
import { folderOf } from './FileTree.js';

export interface FileTraits {
  /** Permissions; 0 for the sink's defaults. */
  readonly mode: number;
  /** Undefined for the current time. */
  readonly modified: Date | undefined;
}

/** Paths have slashes between their parts and no leading or trailing slash. */
export interface FolderSink {
  /** Total size of all files in bytes. */
  readonly bytes: number;
  /** The absolute path of an entry until the folder is committed; for an empty path, of the folder itself. */
  pathOf(path: string): string;
  addFolder(path: string, traits?: FileTraits): void;
  /** Throws InputError for a path that leads out of the folder or is already taken. */
  addFile(path: string, content: Buffer, traits?: FileTraits): void;
  /** Like `addFile`, for a file that is not in memory. */
  addStream(path: string, content: AsyncIterable<Buffer>, traits?: FileTraits): Promise<void>;
  /**
   * Adds a link if its target stays within the folder; otherwise a file that contains the target, as Gogs' own restore does.
   */
  addLink(path: string, target: string): void;
  /** Whether something was added at this path. */
  has(path: string): boolean;
  /** Whether the file at a path has this content. */
  holds(path: string, content: AsyncIterable<Buffer>): Promise<boolean>;
  /** Counts a file that other code wrote at a path from `pathOf`. */
  addWritten(bytes: number): void;
  /** Resolves once everything is on disk. */
  finish(): Promise<void>;
  /** Gives the folder its name. */
  commit(): Promise<void>;
  /** Removes everything. Does nothing after a commit. */
  abort(): Promise<void>;
}

const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

export const NO_TRAITS: FileTraits = { mode: 0, modified: undefined };

/** The permissions of a file. */
export const fileMode = ({ mode }: FileTraits): number => (mode === 0 ? FILE_MODE : mode & 0o777);

/** The permissions of a folder: its owner must always be able to enter it. */
export const folderMode = ({ mode }: FileTraits): number => (mode & 0o777) | FOLDER_MODE;

/** Whether a link's target lies within the folder. */
export const staysInside = (path: string, target: string): boolean =>
  target !== '' && !isAbsolute(target) && !posix.join(folderOf(path), target).startsWith('..');
