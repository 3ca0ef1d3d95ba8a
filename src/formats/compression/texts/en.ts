export const en = {
  cutOff: 'it ends within a frame',
  notAFrame: 'what follows a frame is not a frame',
  bomb: ({ name, packed, unpacked }: { name: string; packed: number; unpacked: number }) =>
    `Cannot decompress ${name}: ${packed} bytes of it unpack to more than ${unpacked}. If that is right, unpack it first and give the result.`,
  damaged: ({ name, reason }: { name: string; reason: string }) =>
    `Cannot decompress ${name}: ${reason}. The file is damaged or cut off: compare its size with the original.`,
  noZstd: ({ name }: { name: string }) =>
    `Cannot decompress ${name}: it is compressed with zstd, which needs Node 22.15 or later, or the program zstd. Install one of them, or unpack it elsewhere: \`zstd -d FILE\`.`,
  programFailed: ({ program, code }: { program: string; code: string }) => `${program} ends with code ${code}`,
};
