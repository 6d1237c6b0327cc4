import { constants } from 'node:buffer'
import { BadInput, errorCode } from '../bad-input'

const showJson = 'pass what `terraform show -json <planfile>` prints'

/**
 * The text of a file, whatever a pipeline has made of it: gzip, UTF-8, UTF-16 in either order, with or without a byte order mark.
 * Throws `BadInput` for an empty file, damaged gzip, a binary plan, and what is larger than a text can be.
 */
export function textOf(bytes: Buffer, file: string): string {
  if (bytes.length === 0) throw new BadInput({ file }, `the file is empty; ${showJson}`)
  if (startsWith(bytes, 0x1f, 0x8b)) return textOf(unzipped(bytes, file), file)
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04))
    throw new BadInput({ file }, `this is the binary plan that \`terraform plan -out\` writes; ${showJson}`)
  if (bytes.length > constants.MAX_STRING_LENGTH) throw tooLarge(file)
  return decoded(bytes)
}

/** Bytes as text: UTF-8, or UTF-16 in either order, with or without a byte order mark. */
export function decoded(bytes: Buffer): string {
  if (startsWith(bytes, 0xff, 0xfe)) return bytes.subarray(2).toString('utf16le')
  if (startsWith(bytes, 0xfe, 0xff)) return swapped(bytes.subarray(2)).toString('utf16le')
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return bytes.subarray(3).toString('utf8')
  // What people pass begins with an ASCII character, so that a zero beside it can only be the other half of a UTF-16 unit.
  if (bytes[1] === 0 && bytes[0] !== 0) return bytes.toString('utf16le')
  if (bytes[0] === 0 && bytes[1] !== 0) return swapped(bytes).toString('utf16le')
  return bytes.toString('utf8')
}

function unzipped(bytes: Buffer, file: string): Buffer {
  try {
    // Most plans are not compressed, and zlib takes longer to load than a small plan to judge.
    return process.getBuiltinModule('node:zlib').gunzipSync(bytes, { maxOutputLength: constants.MAX_STRING_LENGTH })
  } catch (error) {
    if (errorCode(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(file)
    throw new BadInput({ file }, 'the gzip data is damaged or cut short; compress the plan again')
  }
}

function tooLarge(file: string): BadInput {
  const megabytes = Math.floor(constants.MAX_STRING_LENGTH / 2 ** 20)
  return new BadInput({ file }, `the plan is larger than ${megabytes} MB; split the configuration and pass its plans`)
}

function startsWith(bytes: Buffer, ...start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte)
}

/** Big-endian units made little-endian; a last odd byte is no unit. */
function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16()
}
