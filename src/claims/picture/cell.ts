import type { PictureReading } from '../../formats/index.ts'

/** A rectangle of the picture, in pixels. */
export interface Region {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Words that stand together: a heading, one cell of a table, one entry of a menu. `certainty` 0 to 100: the least of its words. */
export interface Cell {
  readonly text: string
  readonly region: Region
  readonly certainty: number
  /** Which row of the picture it stands in, from 0. */
  readonly row: number
}

/** Words of one picture that are looked at: finding tables compares rows with rows. */
const most = 4_000
/** A gap of this many heights of letters ends a cell. */
const gap = 1.25
/** Readings below this certainty that are a letter or two are specks. */
const speck = 45

/** Words of a picture in cells, row by row from top to bottom, each row from left to right. Marks without letter or digit are left out. */
export function cellsOf(reading: Pick<PictureReading, 'words'>): Cell[] {
  const rows: { middle: number; height: number; words: PictureReading['words'][number][] }[] = []
  const words = reading.words
    .map((word) => ({ ...word, text: word.text.replace(/^[|¦—_~]+|[|¦—_~]+$/gu, '') }))
    .filter(
      (word) =>
        (word.text === ':' || /[\p{L}\p{N}]/u.test(word.text)) &&
        (word.text === ':' || word.text.length > 2 || word.confidence >= speck || /\d/.test(word.text)),
    )
  for (const word of words.slice(0, most).toSorted((a, b) => middle(a.region) - middle(b.region) || a.region.x - b.region.x)) {
    const row = rows.at(-1)
    if (row !== undefined && Math.abs(middle(word.region) - row.middle) < Math.max(row.height, word.region.height) * 0.5) {
      row.words.push(word)
      row.height = Math.max(row.height, word.region.height)
    } else rows.push({ middle: middle(word.region), height: word.region.height, words: [word] })
  }
  return rows.flatMap((row, at) =>
    cellsInRow(row.words.toSorted((a, b) => a.region.x - b.region.x)).map((cell) => ({ ...cell, row: at })),
  )
}

function cellsInRow(words: readonly PictureReading['words'][number][]): Omit<Cell, 'row'>[] {
  const groups: PictureReading['words'][number][][] = []
  for (const word of words) {
    const before = groups.at(-1)?.at(-1)
    const apart = before === undefined ? Infinity : word.region.x - (before.region.x + before.region.width)
    const letters = before === undefined ? 0 : Math.max(8, Math.min(word.region.height, before.region.height * 1.5))
    if (apart > gap * letters) groups.push([word])
    else groups.at(-1)?.push(word)
  }
  return groups.map((group) => ({
    text: group
      .map((word) => word.text)
      .join(' ')
      .replaceAll(' :', ':')
      .replace(/\b(https?|hxxps?|ftp): ?\/ ?\/ ?/gi, '$1://'),
    region: around(group.map((word) => word.region)),
    certainty: Math.max(0, Math.min(100, ...group.map((word) => word.confidence))),
  }))
}

function middle(region: Region): number {
  return region.y + region.height / 2
}

function around(regions: readonly Region[]): Region {
  const x = Math.min(...regions.map((one) => one.x))
  const y = Math.min(...regions.map((one) => one.y))
  return {
    x,
    y,
    width: Math.max(...regions.map((one) => one.x + one.width)) - x,
    height: Math.max(...regions.map((one) => one.y + one.height)) - y,
  }
}
