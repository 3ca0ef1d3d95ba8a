export const en = {
  cannotRead: ({ path, found, remedy }: { path: string; found: string; remedy: string }) =>
    `Cannot read ${path}: ${found}. ${remedy}`,
  cannotReadEntry: ({ path, entry, found, remedy }: { path: string; entry: string; found: string; remedy: string }) =>
    `Cannot read ${path}, entry ${entry}: ${found}. ${remedy}`,
  cannotReadDirectory: ({ path, found, remedy }: { path: string; found: string; remedy: string }) =>
    `Cannot read ${path}, central directory: ${found}. ${remedy}`,
  cannotReadRecord: (at: { path: string; number: number; count: number; found: string; remedy: string }) =>
    `Cannot read ${at.path}, entry ${at.number} of ${at.count} in the central directory: ${at.found}. ${at.remedy}`,
  cannotReadNamedRecord: (at: {
    path: string;
    number: number;
    count: number;
    name: string;
    found: string;
    remedy: string;
  }) =>
    `Cannot read ${at.path}, entry ${at.number} of ${at.count} in the central directory, ${at.name}: ${at.found}. ${at.remedy}`,
  warning: ({ path, found }: { path: string; found: string }) => `${path}: ${found}.`,
  entryWarning: ({ path, entry, found }: { path: string; entry: string; found: string }) =>
    `${path}, entry ${entry}: ${found}.`,
  remedies: {
    damaged: 'The archive is damaged or was made to mislead: get a fresh copy.',
    raiseLimit: 'Raise the limit if this is expected.',
    zipAgain: 'Only deflate can be read: zip it again.',
    decrypt: 'Decrypt the archive first.',
    getAgain: 'The backup or its copy failed: get it again.',
    compareSize: 'The archive is cut off, or bytes were added to it: compare its size with the original.',
    joinParts: 'Join the parts first, for example with zip -s 0.',
    compareBytes: 'Bytes are missing or were added, perhaps before the archive: compare it with the original.',
    cutOff: 'It is cut off: compare its size with the original.',
    checkFile: 'Check that this is the file you meant.',
    packFewer: 'Pack fewer files, or give them shorter names.',
  },
  found: {
    tooManyEntries: ({ count, limit }: { count: number; limit: number }) =>
      `the archive has ${count} entries; the limit is ${limit}`,
    unknownEncoding: 'its name is not UTF-8, and the archive does not declare its encoding',
    sharedData: ({ byte }: { byte: number }) => `two entries claim the data at byte ${byte}`,
    bytesBefore: ({ bytes }: { bytes: number }) =>
      `${bytes} bytes before the first entry belong to no entry and are not copied`,
    bytesAfter: ({ bytes }: { bytes: number }) => `${bytes} bytes after its data belong to no entry and are not copied`,
    twice: 'the archive contains this name twice',
    fileAndFolder: 'the archive contains both a file of this name and a folder',
    differsByCase: 'its path differs only by case from that of another entry',
    tooLarge: ({ bytes, most }: { bytes: number; most: number }) =>
      `it inflates to ${bytes} bytes, where at most ${most} are expected`,
    overlapsHeader: ({ byte }: { byte: number }) => `another entry begins within its header, at byte ${byte}`,
    overlapsNext: ({ end, byte }: { end: number; byte: number }) =>
      `its data up to byte ${end} overlaps what begins at byte ${byte}`,
    noLocalHeader: ({ byte, reason }: { byte: number; reason: string }) =>
      `it has no usable local header at byte ${byte} (${reason})`,
    otherDescriptor: 'the sizes or the CRC-32 after its data differ from those in the central directory',
    hiddenEntries: ({ bytes }: { bytes: number }) =>
      `the ${bytes} bytes after it contain directory entries that the end record leaves out`,
    unknownMethod: ({ method }: { method: number }) => `it is compressed with method ${method}`,
    beyondLimit: ({ packed, unpacked, limit }: { packed: number; unpacked: number; limit: number }) =>
      `it declares that ${packed} bytes inflate to ${unpacked}; the limit is ${limit}`,
    impossibleRatio: ({ packed, unpacked }: { packed: number; unpacked: number }) =>
      `it declares that ${packed} bytes inflate to ${unpacked}, which is impossible`,
    beyondRatio: ({ packed, unpacked, limit }: { packed: number; unpacked: number; limit: number }) =>
      `it declares that ${packed} bytes inflate to ${unpacked}; the limit is ${limit} to 1`,
    encrypted: 'it is encrypted',
    empty: 'the file is empty',
    endRecordOff: ({ byte, size }: { byte: number; size: number }) =>
      `the end record at byte ${byte} and the end of the file, byte ${size}, do not fit`,
    twoEndRecords: ({ one, two }: { one: number; two: number }) => `two end records fit, at bytes ${one} and ${two}`,
    zip64NotBefore: ({ byte }: { byte: number }) => `the zip64 end record is not before byte ${byte}`,
    zip64NotThere: ({ byte }: { byte: number }) =>
      `the zip64 end record is not at byte ${byte}, where its locator says`,
    endRecordsDiffer: ({ byte, zip64 }: { byte: number; zip64: number }) =>
      `the end record at byte ${byte} contradicts the zip64 one at byte ${zip64}`,
    splitArchive: 'it is one part of a split archive',
    directoryOff: ({ expected, found }: { expected: number; found: number }) =>
      `its directory should end at byte ${expected}, but the end record begins at byte ${found}`,
    noEndRecord: ({ byte }: { byte: number }) => `the zip archive ends at byte ${byte} without its end record`,
    notAZip: 'it is not a zip archive',
    otherNames: 'the names in its local header and in the central directory differ',
    otherEncodings: 'the encodings of the name in its local header and in the central directory differ',
    otherEncryption: 'the encryption flags in its local header and in the central directory differ',
    otherMethods: 'the compression methods in its local header and in the central directory differ',
    otherCrc: 'the CRC-32 values in its local header and in the central directory differ',
    otherSizes: 'the sizes in its local header and in the central directory differ',
    tooShort: ({ found, expected }: { found: number; expected: number }) =>
      `it ends after ${found} of the ${expected} bytes that it declares`,
    wrongCrc: 'its CRC-32 is wrong',
    damagedData: ({ reason }: { reason: string }) => `its data is damaged (${reason})`,
    tooLong: ({ expected }: { expected: number }) => `it inflates to more than the ${expected} bytes that it declares`,
    endsEarly: 'its data ends before its declared size',
    nameIsEmpty: 'the name is empty',
    nameHasNul: 'the name contains a NUL character',
    nameIsAbsolute: 'the name is an absolute path',
    nameHasDrive: 'the name begins with a drive',
    nameClimbsOut: 'the name climbs out of the archive',
    nameIsNotPlain: 'the name is not a plain path',
    directoryTooLarge: ({ bytes, most }: { bytes: number; most: number }) =>
      `the central directory takes ${bytes} bytes, and at most ${most} are read`,
    beyondFile: 'it goes on beyond the end of the file',
    beyondDirectory: 'it reaches beyond the end of the directory',
    moreBytes: ({ count, bytes }: { count: number; bytes: number }) =>
      `the end record counts ${count} entries, but ${bytes} more bytes follow them`,
    secondName: ({ name }: { name: string }) => `it has a second name, ${name}`,
    impossibleSize: 'its size is impossible',
    overlapsDirectory: ({ bytes, byte }: { bytes: number; byte: number }) =>
      `its data, ${bytes} bytes from byte ${byte}, overlaps the central directory`,
    folderWithContents: 'it is a folder, but has contents',
    storedAsOther: ({ found, expected }: { found: number; expected: number }) =>
      `it is stored, but as ${found} instead of ${expected} bytes`,
  },
};
