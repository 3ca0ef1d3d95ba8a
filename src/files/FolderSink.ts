/** What takes the files of a folder one after the other: writes them, or holds them against a folder that is there. */
import { isAbsolute, posix } from 'node:path';
import { folderOf } from './FileTree.js';

export interface FileTraits {
  /** Permissions; the sink's defaults when 0. */
  readonly mode: number;
  /** Undefined for now. */
  readonly modified: Date | undefined;
}

/** Paths have slashes between their parts and none at their ends. */
export interface FolderSink {
  /** Bytes of all files. */
  readonly bytes: number;
  /** The absolute path that a path in the folder has until it is committed; the folder's own for the empty one. */
  pathOf(path: string): string;
  addFolder(path: string, traits?: FileTraits): void;
  /** Throws InputError for a path that leads out of the folder, and for one that is taken. */
  addFile(path: string, content: Buffer, traits?: FileTraits): void;
  /** Like `addFile`, for a file that is not in memory. */
  addStream(path: string, content: AsyncIterable<Buffer>, traits?: FileTraits): Promise<void>;
  /** A link whose target stays within the folder; any other becomes a file that holds the target, as Gogs' own restore makes it. */
  addLink(path: string, target: string): void;
  /** Whether something was added there. */
  has(path: string): boolean;
  /** Whether the file at a path has this content. */
  holds(path: string, content: AsyncIterable<Buffer>): Promise<boolean>;
  /** Counts a file that something else wrote at a path of `pathOf`. */
  addWritten(bytes: number): void;
  /** Everything is on disk after it. */
  finish(): Promise<void>;
  /** Gives the folder its name. */
  commit(): Promise<void>;
  /** Leaves nothing behind. Does nothing after a commit. */
  abort(): Promise<void>;
}

const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

export const NO_TRAITS: FileTraits = { mode: 0, modified: undefined };

/** The permissions that a file gets. */
export const fileMode = ({ mode }: FileTraits): number => (mode === 0 ? FILE_MODE : mode & 0o777);

/** The permissions that a folder gets: whoever owns it must get into it again. */
export const folderMode = ({ mode }: FileTraits): number => (mode & 0o777) | FOLDER_MODE;

/** Whether a link's target lies within the folder. */
export const staysInside = (path: string, target: string): boolean =>
  target !== '' && !isAbsolute(target) && !posix.join(folderOf(path), target).startsWith('..');
