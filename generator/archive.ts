import { gunzipSync, gzipSync } from 'node:zlib'
import type { File } from './file'

const block = 512

/**
 * Files as a tar archive, compressed: in the order of their paths, of no time and nobody's, so that the same files are the same bytes.
 * https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06
 */
export function archive(files: readonly File<string | Uint8Array>[]): Buffer {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1))
  const blocks = sorted.flatMap(({ path, text }) => {
    const bytes = Buffer.from(text)
    return [header(path, bytes.length), bytes, Buffer.alloc(-bytes.length & (block - 1))]
  })
  const compressed = gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * block)]), { level: 9 })
  // The operating system, which zlib writes down, is nobody's either.
  compressed[9] = 255
  return compressed
}

/** The files of a compressed tar archive, directories left out. */
export function extracted(compressed: Uint8Array): readonly File<Buffer>[] {
  const tar = gunzipSync(compressed)
  const files: File<Buffer>[] = []
  for (let at = 0; at + block <= tar.length && tar[at] !== 0; ) {
    const path = tar.toString('utf8', at, Math.min(tar.indexOf(0, at), at + 100)).replace(/^\//, '')
    const size = Number.parseInt(tar.toString('ascii', at + 124, at + 135), 8) || 0
    const isFile = [0, 48].includes(tar[at + 156] ?? 0)
    if (isFile) files.push({ path, text: tar.subarray(at + block, at + block + size) })
    at += block + Math.ceil(size / block) * block
  }
  return files
}

function header(path: string, size: number): Buffer {
  if (Buffer.byteLength(path) > 100) throw new Error(`${path} is too long for a name in an archive`)
  const bytes = Buffer.alloc(block)
  const put = (at: number, text: string): number => bytes.write(text, at)
  put(0, path)
  put(100, '0000644\0')
  put(108, '0000000\0')
  put(116, '0000000\0')
  put(124, `${size.toString(8).padStart(11, '0')}\0`)
  put(136, '00000000000\0')
  put(148, '        ')
  put(156, '0')
  put(257, 'ustar\x0000')
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `)
  return bytes
}
