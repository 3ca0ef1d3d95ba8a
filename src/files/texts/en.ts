export const en = {
  isLink: ({ path }: { path: string }) =>
    `Cannot write ${path}: it is a link, and links are not followed. Name the file itself.`,
  notReplaceable: ({ path }: { path: string }) =>
    `Cannot write ${path}: it is not a regular file, so it is not replaced. Choose another name.`,
  exists: ({ path }: { path: string }) =>
    `Cannot write ${path}: it exists. Choose another name, or allow it to be replaced with --force.`,
  shrank: ({ byte, end }: { byte: number; end: number }) =>
    `Cannot read on at byte ${byte}: the file ends there, but went on to byte ${end} when it was opened. Something changes it: work on a copy.`,
  nameNotUtf8: ({ name }: { name: string }) =>
    `Cannot read ${name}: its name is not UTF-8. Rename it on a copy of the folder; for a branch or tag of a repository, run \`git pack-refs --all\` there.`,
  changed: ({ name }: { name: string }) =>
    `Cannot use ${name}: it changed while it was read. Stop Gogs, or work on a copy.`,
  folderExists: ({ path }: { path: string }) =>
    `Cannot write ${path}: it exists, and the tool never merges into a folder. Choose a new name.`,
  nameTaken: ({ path }: { path: string }) =>
    `Cannot unpack ${path}: an entry of that name already exists. The archive contains two entries that this file system does not tell apart, or a folder and a file of the same name.`,
  badPath: ({ path }: { path: string }) =>
    `Cannot unpack ${path}: the path leads out of the folder, or the file system has no such names. Rename the file in the input.`,
  standardOutput: 'standard output',
  theArchive: 'the archive',
  isFolder: ({ path }: { path: string }) => `Cannot read ${path}: it is a folder. Name the archive itself.`,
  notRegular: ({ path }: { path: string }) => `Cannot read ${path}: it is not a regular file. Copy it to one first.`,
  endsEarly: ({ path, byte, size }: { path: string; byte: number; size: number }) =>
    `Cannot read ${path}: the file ends at byte ${byte}, but had ${size} bytes when it was opened. Something changes it: work on a copy.`,
  lostBytes: ({ path, written, read }: { path: string; written: number; read: number }) =>
    `Cannot read ${path} again: of ${written} bytes that were written, ${read} are there. Check the disk of the temporary files.`,
  unknownEncoding: ({ label }: { label: string }) =>
    `--encoding ${label} is not known. Give the label of a character set: gb18030, big5, shift_jis, euc-kr, windows-1252, koi8-r, …`,
  otherEncoding: ({ file, line, label }: { file: string; line: number; label: string }) =>
    `Cannot read ${file}: about line ${line}, there are bytes that are not ${label}. Give the character set that it is in.`,
  isInput: ({ path }: { path: string }) => `Cannot write ${path}: it is the input. Choose another name.`,
  outputIsInput: {
    stdout: 'Standard output goes into an input, which would be changed. Redirect it to another file.',
    stderr: 'Standard error goes into an input, which would be changed. Redirect it to another file.',
  },
  tooDeep: ({ name, path, most }: { name: string; path: string; most: number }) =>
    `Cannot read ${name}, entry ${path}: it is in more than ${most} folders, one in the other. No server has folders this deep: the archive is damaged or was made to mislead.`,
  isOutputTwice: ({ path }: { path: string }) =>
    `Cannot write ${path}: another output of this command has that name. Choose another one.`,
  outputNotUtf8: ({ path }: { path: string }) =>
    `Cannot write ${path}: the name contains bytes that are not UTF-8, and the file would get another one. Choose another name.`,
};
