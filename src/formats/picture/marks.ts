import { readExif } from './exif.ts'
import type { PictureMark } from './reading.ts'

/** The blocks beside the pixels, as the decoder gives them. */
interface Blocks {
  readonly exif?: Uint8Array | undefined
  readonly xmp?: Uint8Array | undefined
  readonly comments?: readonly { readonly keyword: string; readonly text: string }[] | undefined
}

const most = 50
const letters = 200
const xmpBytes = 256 * 1024

/** What a file says of itself: program, device, times, whether a place is stored. In the order of the blocks, each once. */
export function marksOf(blocks: Blocks): PictureMark[] {
  const marks = [...exifMarks(blocks.exif), ...xmpMarks(blocks.xmp), ...pngMarks(blocks.comments ?? [])]
  const once = new Map(marks.map((mark) => [`${mark.what} ${mark.from} ${mark.text}`, mark]))
  return [...once.values()].slice(0, most)
}

function exifMarks(block: Uint8Array | undefined): PictureMark[] {
  if (block === undefined) return []
  const { make, model, software, taken, changed, place } = readExif(block)
  const device = [make, model].filter((part) => part !== undefined).join(' ')
  return [
    ...(device === '' ? [] : [mark('device', 'exif', device)]),
    ...(software === undefined ? [] : [mark('software', 'exif', software)]),
    ...(taken === undefined ? [] : [mark('taken', 'exif', taken)]),
    ...(changed === undefined ? [] : [mark('changed', 'exif', changed)]),
    ...(place ? [mark('place', 'exif', 'coordinates are stored')] : []),
  ]
}

const xmpFields = [
  ['software', /(?:xmp:CreatorTool|stEvt:softwareAgent)(?:="|>)([^"<>]{1,200})/g],
  ['taken', /(?:xmp:CreateDate|photoshop:DateCreated)(?:="|>)([^"<>]{1,40})/g],
  ['changed', /xmp:ModifyDate(?:="|>)([^"<>]{1,40})/g],
] as const

function xmpMarks(block: Uint8Array | undefined): PictureMark[] {
  if (block === undefined) return []
  const text = new TextDecoder().decode(block.subarray(0, xmpBytes))
  return xmpFields.flatMap(([what, field]) =>
    [...text.matchAll(field)].slice(0, most).map(([, value = '']) => mark(what, 'xmp', value)),
  )
}

const pngFields: ReadonlyMap<string, PictureMark['what']> = new Map([
  ['software', 'software'],
  ['creation time', 'taken'],
  ['date:create', 'taken'],
  ['date:modify', 'changed'],
])

function pngMarks(comments: readonly { readonly keyword: string; readonly text: string }[]): PictureMark[] {
  return comments.slice(0, most).flatMap(({ keyword, text }) => {
    const what = pngFields.get(keyword.toLowerCase())
    return what === undefined ? [] : [mark(what, 'png', text)]
  })
}

function mark(what: PictureMark['what'], from: PictureMark['from'], text: string): PictureMark {
  return { what, from, text: text.trim().slice(0, letters) }
}
