/** Recognizes the compression of a file by its first bytes. */

export type Compression = 'gzip' | 'xz' | 'bzip2' | 'zstd';

const MAGIC: Readonly<Record<Compression, Buffer>> = {
  gzip: Buffer.from([0x1f, 0x8b]),
  xz: Buffer.from('\xfd7zXZ\0', 'latin1'),
  bzip2: Buffer.from('BZh'),
  zstd: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]),
};

/** Undefined if the file is not compressed, or compressed in an unknown way. */
export function compressionOf(head: Buffer): Compression | undefined {
  // pzstd begins its files with a frame to be skipped: RFC 8878, section 3.1.2.
  if (head.length >= 4 && head.readUInt32LE(0) >>> 4 === 0x184d2a5) return 'zstd';
  return (['gzip', 'xz', 'bzip2', 'zstd'] as const).find((kind) =>
    head.subarray(0, MAGIC[kind].length).equals(MAGIC[kind]),
  );
}
