import type { ByteSource } from '../../base/index.ts'
import { listZip, type PackedMember } from '../archive/list-zip.ts'
import { metered, UnpackStopped } from '../archive/meter.ts'
import { columnOf, dateText, isDateCode, isDateId, numberText, unescaped, type NumberFormat } from './cell-text.ts'
import type { WorkbookMessage, WorkbookProblem, WorkbookRequest } from './message.ts'
import { readPart, type PartReader } from './part-text.ts'

/** Thrown where a workbook cannot be read; the process says it to its parent. */
export class WorkbookStopped extends Error {
  readonly problem: WorkbookProblem
  constructor(problem: WorkbookProblem) {
    super(`internal error: workbook stopped (${problem})`)
    this.problem = problem
  }
}

/**
 * Reads a workbook part by part: the sheets by name, and the rows of the one asked for, in batches. Holds the shared texts and one
 * batch; sheets are never held. Throws `WorkbookStopped`, or the error of a damaged part.
 */
export async function readWorkbook(
  source: ByteSource,
  request: WorkbookRequest,
  tell: (message: WorkbookMessage) => void,
): Promise<void> {
  const zip = await listZip(source)
  if (zip.faults.some((one) => one.code === 'archive-bomb')) throw new WorkbookStopped('bomb')
  const parts = new Map(zip.members.map((member) => [member.path.toLowerCase(), member]))
  const part = async (path: string, reader: PartReader): Promise<boolean> => {
    const member = parts.get(path.toLowerCase())
    if (member === undefined) return false
    await readPart(bounded(member, request.partBytes), reader)
    return true
  }
  const links = await workbookLinks(part)
  const book = await workbookSheets(part, links)
  tell({ kind: 'sheets', sheets: book.sheets.map((sheet) => sheet.name) })
  const sheet = request.sheet === undefined ? undefined : book.sheets[request.sheet]
  if (sheet === undefined) return
  const formats = await cellFormats(part, links.byType('styles') ?? 'xl/styles.xml')
  const texts = await sharedTexts(part, { path: links.byType('sharedStrings') ?? 'xl/sharedStrings.xml', request })
  const reader = new SheetReader({ formats, texts, from1904: book.from1904, request, tell })
  if (!(await part(sheet.path, reader))) throw new WorkbookStopped('damaged')
  reader.end()
}

type ReadPart = (path: string, reader: PartReader) => Promise<boolean>

async function* bounded(member: PackedMember, partBytes: number): AsyncIterable<Uint8Array> {
  const meter = {
    packed: member.packed,
    allowance: { archiveBytes: partBytes, used: 0 },
    ...(member.stated === undefined ? {} : { stated: member.stated }),
    ...(member.crc32 === undefined ? {} : { crc32: member.crc32 }),
  }
  try {
    yield* metered(await member.open(), meter)
  } catch (error) {
    throw new WorkbookStopped(error instanceof UnpackStopped && error.reason !== 'checksum' ? 'bomb' : 'damaged')
  }
}

interface Links {
  byId(id: string): string | undefined
  byType(type: string): string | undefined
}

async function workbookLinks(part: ReadPart): Promise<Links> {
  const ids = new Map<string, string>()
  const types = new Map<string, string>()
  await part('xl/_rels/workbook.xml.rels', {
    open(name, { Id, Type, Target }) {
      if (name !== 'Relationship' || Target === undefined || ids.size > 10_000) return
      const path = Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`
      ids.set(Id ?? '', path)
      types.set(Type?.split('/').at(-1) ?? '', path)
    },
  })
  return { byId: (id) => ids.get(id), byType: (type) => types.get(type) }
}

async function workbookSheets(
  part: ReadPart,
  links: Links,
): Promise<{ sheets: { name: string; path: string }[]; from1904: boolean }> {
  const sheets: { name: string; path: string }[] = []
  let from1904 = false
  const found = await part('xl/workbook.xml', {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = attributes['date1904'] === '1' || attributes['date1904'] === 'true'
      if (name !== 'sheet' || sheets.length >= 1_000) return
      const link = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1]
      const path = links.byId(link ?? '') ?? `xl/worksheets/sheet${sheets.length + 1}.xml`
      if (path.includes('worksheets/')) sheets.push({ name: (attributes['name'] ?? '').slice(0, 100), path })
    },
  })
  if (!found) throw new WorkbookStopped('no-workbook')
  return { sheets, from1904 }
}

async function cellFormats(part: ReadPart, path: string): Promise<NumberFormat[]> {
  const dates = new Set<number>()
  const formats: NumberFormat[] = []
  let inside = false
  await part(path, {
    open(name, attributes) {
      if (name === 'numFmt' && dates.size < 10_000 && isDateCode(attributes['formatCode'] ?? ''))
        dates.add(Number(attributes['numFmtId']))
      if (name === 'cellXfs') inside = true
      if (name !== 'xf' || !inside || formats.length >= 100_000) return
      const id = Number(attributes['numFmtId'] ?? 0)
      formats.push(isDateId(id) || dates.has(id) ? 'date' : 'number')
    },
    close(name) {
      if (name === 'cellXfs') inside = false
    },
  })
  return formats
}

async function sharedTexts(part: ReadPart, at: { path: string; request: WorkbookRequest }): Promise<string[]> {
  const texts: string[] = []
  let text: string[] = []
  let inText = false
  let phonetic = 0
  let chars = 0
  await part(at.path, {
    open(name) {
      if (name === 'si') text = []
      if (name === 'rPh') phonetic += 1
      inText = name === 't' && phonetic === 0
    },
    close(name) {
      if (name === 't') inText = false
      if (name === 'rPh') phonetic -= 1
      if (name === 'si') texts.push(unescaped(text.join('')))
    },
    text(piece) {
      if (!inText) return
      chars += piece.length
      if (chars > at.request.textChars) throw new WorkbookStopped('bomb')
      text.push(piece)
    },
  })
  return texts
}

interface SheetOf {
  readonly formats: readonly NumberFormat[]
  readonly texts: readonly string[]
  readonly from1904: boolean
  readonly request: WorkbookRequest
  readonly tell: (message: WorkbookMessage) => void
}

/** Turns the elements of a sheet into rows. */
class SheetReader implements PartReader {
  readonly #of: SheetOf
  readonly #lost = new Map<number, number>()
  #rows: [number, string[]][] = []
  #chars = 0
  #beyond = 0
  #cut = 0
  #line = 0
  #row: string[] | undefined
  #column = -1
  #type = ''
  #style = 0
  #inValue = false
  #inPhonetic = false
  #value: string[] = []
  #valueChars = 0

  constructor(of: SheetOf) {
    this.#of = of
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      const stated = Number(attributes['r'])
      this.#line = Number.isSafeInteger(stated) && stated > this.#line ? stated : this.#line + 1
      this.#row = []
      this.#column = -1
    } else if (name === 'c') {
      const column = columnOf(attributes['r'] ?? '')
      this.#column = column !== undefined && column > this.#column ? column : this.#column + 1
      this.#type = attributes['t'] ?? 'n'
      this.#style = Number(attributes['s'] ?? 0)
      this.#value = []
      this.#valueChars = 0
    } else if (name === 'rPh') this.#inPhonetic = true
    else this.#inValue = (name === 'v' || name === 't') && !this.#inPhonetic
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#inValue = false
    else if (name === 'rPh') this.#inPhonetic = false
    else if (name === 'c') this.#cell()
    else if (name === 'row') this.#endRow()
  }

  text(piece: string): void {
    if (!this.#inValue) return
    const room = this.#of.request.cellChars - this.#valueChars
    if (piece.length > room) this.#cut += 1
    this.#value.push(piece.slice(0, Math.max(0, room)))
    this.#valueChars += piece.length
  }

  end(): void {
    this.#flush()
    this.#of.tell({
      kind: 'left',
      beyond: this.#beyond,
      cut: this.#cut,
      lostDigits: [...this.#lost].sort((a, b) => a[0] - b[0]),
    })
  }

  #cell(): void {
    const row = this.#row
    if (row === undefined || this.#value.length === 0) return
    if (this.#column >= this.#of.request.columns) {
      this.#beyond += 1
      return
    }
    while (row.length < this.#column) row.push('')
    row[this.#column] = this.#text(this.#value.join(''))
  }

  #text(written: string): string {
    switch (this.#type) {
      case 's':
        return (this.#of.texts[Number(written)] ?? '').slice(0, this.#of.request.cellChars)
      case 'b':
        return written === '1' ? 'TRUE' : 'FALSE'
      case 'n': {
        if (this.#of.formats[this.#style] === 'date') return dateText(written, this.#of.from1904)
        const number = numberText(written)
        if (number.lost) this.#lost.set(this.#column, (this.#lost.get(this.#column) ?? 0) + 1)
        return number.text
      }
      default:
        return unescaped(written)
    }
  }

  #endRow(): void {
    const row = this.#row
    this.#row = undefined
    if (row === undefined || row.length === 0) return
    this.#rows.push([this.#line, row])
    for (const cell of row) this.#chars += cell.length + 4
    if (this.#rows.length >= 1_000 || this.#chars > 1_000_000) this.#flush()
  }

  #flush(): void {
    if (this.#rows.length > 0) this.#of.tell({ kind: 'rows', rows: this.#rows })
    this.#rows = []
    this.#chars = 0
  }
}
