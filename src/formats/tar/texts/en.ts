export const en = {
  sparse: ({ name, path }: { name: string; path: string }) =>
    `Cannot read ${name}, ${path}: it is a sparse file with more parts than can be read here. Unpack the archive with \`tar -xf\` and give the folder.`,
  unknownType: ({ name, path }: { name: string; path: string }) =>
    `Cannot read ${name}, ${path}: it is of a type that only the program that wrote the archive reads. Unpack the archive with \`tar -xf\` and give the folder.`,
  badName: ({ name, path }: { name: string; path: string }) =>
    `Cannot read ${name}, entry ${path}: such a name leads out of the archive, or no file has it. The archive is damaged or was made to mislead: get a fresh copy.`,
  damaged: ({ name, reason }: { name: string; reason: string }) =>
    `Cannot read ${name} as a tar archive: ${reason}. It is damaged: compare its size with the original.`,
  cutOff: ({ name }: { name: string }) =>
    `Cannot read ${name}: the archive ends in the middle. It was cut off: compare its size with the original, and copy it again.`,
  severalArchives: ({ name }: { name: string }) =>
    `Cannot read ${name}: another archive follows after its end, perhaps an older one. Unpack what is wanted (\`tar -xf\` reads the first one, \`tar -xif\` all) and give the folder.`,
  brokenLink: ({ name, path, target }: { name: string; path: string; target: string }) =>
    `Cannot read ${name}: ${path} is a link to ${target}, which is not in the archive. Pack the whole folder again.`,
  folderLink: ({ name, path, target }: { name: string; path: string; target: string }) =>
    `Cannot read ${name}: ${path} is a hard link to ${target}, a folder, which no file system has. The archive is damaged or was made to mislead: get a fresh copy.`,
  fileAndFolder: ({ name, path }: { name: string; path: string }) =>
    `Cannot read ${name}, entry ${path}: the archive has a file and a folder of this name, or of one above it. Unpack it with \`tar -xf\`, see which of them is right, and give the folder.`,
};
