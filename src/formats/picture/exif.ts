/** A few text fields of an Exif block (TIFF structure, Exif 2.32): no values of places, nothing that is not asked for. */
export interface ExifFields {
  readonly make?: string
  readonly model?: string
  readonly software?: string
  /** `YYYY:MM:DD hh:mm:ss`, as stored. */
  readonly changed?: string
  readonly taken?: string
  /** Coordinates are stored. */
  readonly place: boolean
}

const names: ReadonlyMap<number, 'make' | 'model' | 'software' | 'changed' | 'taken'> = new Map([
  [0x010f, 'make'],
  [0x0110, 'model'],
  [0x0131, 'software'],
  [0x0132, 'changed'],
  [0x9003, 'taken'],
])
const exifFolder = 0x8769
const placeFolder = 0x8825
const entries = 200
const letters = 200

/** Reads them; a broken block gives what stood before the break. Every offset is checked, two folders are read at most. */
export function readExif(bytes: Uint8Array): ExifFields {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 6)) === 'Exif\0\0' ? 6 : 0
  const tiff = bytes.subarray(start)
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  const little = tiff[0] === 0x49
  if (tiff.length < 8 || (!little && tiff[0] !== 0x4d)) return { place: false }
  const found: { [name: string]: string } = {}
  let place = false
  const folders = [view.getUint32(4, little)]
  for (let at = 0; at < folders.length && at < 2; at++) {
    const folder = folders[at] ?? 0
    if (folder < 8 || folder + 2 > tiff.length) break
    const count = Math.min(entries, view.getUint16(folder, little))
    for (let entry = 0, from = folder + 2; entry < count && from + 12 <= tiff.length; entry++, from += 12) {
      const tag = view.getUint16(from, little)
      const name = names.get(tag)
      if (tag === exifFolder) folders.push(view.getUint32(from + 8, little))
      else if (tag === placeFolder) place = true
      else if (name !== undefined && view.getUint16(from + 2, little) === 2) {
        const size = view.getUint32(from + 4, little)
        const where = size <= 4 ? from + 8 : view.getUint32(from + 8, little)
        const [text = ''] = new TextDecoder('latin1').decode(tiff.subarray(where, where + Math.min(size, letters))).split('\0')
        if (text.trim() !== '') found[name] = text.trim()
      }
    }
  }
  return { ...found, place }
}
