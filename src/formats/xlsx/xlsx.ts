import { fault, limits, UserError, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { runChild, stoppedFault } from '../child/run-child.ts'
import { distinctNames } from '../table/distinct-names.ts'
import { gridTable, type GridRow } from '../table/grid.ts'
import { withFaults, type TableReader } from '../table/reader.ts'
import type { WorkbookMessage, WorkbookProblem, WorkbookRequest } from './message.ts'

export interface SheetOptions {
  /** Name of the sheet; absent = the first that has rows. */
  readonly table?: string
  readonly header?: boolean
  readonly watch?: Watch
}

/** The names of the sheets of a workbook in their order, told apart where they are the same, or a fault. Read in a process of its own. */
export async function listSheets(source: ByteSource, watch?: Watch): Promise<readonly string[] | Fault> {
  try {
    for await (const message of ask(source, {}, watch)) {
      if (message.kind === 'sheets') return distinctNames(message.sheets)
      if (message.kind === 'problem') return problemFault(message.problem, source.name)
    }
  } catch (error) {
    return stoppedFault(error, { code: 'xlsx', what: 'workbook', file: source.name })
  }
  return problemFault('damaged', source.name)
}

/**
 * Opens one sheet of an XLSX workbook as a table. A row is as Excel shows it: dates as `2026-09-30`, numbers with the digits that the file
 * keeps; numbers that lost digits are named by a fault. `line` is the row of the sheet. Throws UserError `sheet-unknown`.
 */
export async function openXlsx(source: ByteSource, options: SheetOptions = {}): Promise<TableReader> {
  const sheets = await listSheets(source, options.watch)
  const dialect = { delimiter: '', quote: '', encoding: 'utf-8', header: true } as const
  if ('kind' in sheets) return { dialect, columns: [], rows: withFaults([sheets]) }
  const wanted = options.table === undefined ? undefined : sheets.indexOf(options.table)
  if (wanted === -1)
    throw new UserError({
      code: 'sheet-unknown',
      message: `${source.name} has no sheet of that name.`,
      hint: `Its sheets: ${sheets.slice(0, 20).join(', ')}.`,
    })
  for (const sheet of wanted === undefined ? sheets.keys() : [wanted]) {
    const table = await gridTable({
      file: source.name,
      open: () => sheetRows(source, sheet, options.watch),
      ...(options.header === undefined ? {} : { header: options.header }),
    })
    if (wanted === undefined && table.columns.length === 0 && sheet < sheets.length - 1) continue
    const { header, columns, rows } = table
    return { dialect: { ...dialect, header }, columns, rows, table: sheets[sheet] ?? '' }
  }
  return { dialect, columns: [], rows: withFaults([]) }
}

async function* sheetRows(source: ByteSource, sheet: number, watch: Watch | undefined): AsyncGenerator<Batch<GridRow>> {
  try {
    for await (const message of ask(source, { sheet }, watch)) {
      if (message.kind === 'rows') yield { records: message.rows.map(([line, cells]) => ({ line, cells })), faults: [] }
      else if (message.kind === 'problem') yield { records: [], faults: [problemFault(message.problem, source.name)] }
      else if (message.kind === 'left') yield { records: [], faults: leftFaults(message, source.name) }
    }
  } catch (error) {
    yield { records: [], faults: [stoppedFault(error, { code: 'xlsx', what: 'workbook', file: source.name })] }
  }
}

async function* ask(source: ByteSource, of: { sheet?: number }, watch: Watch | undefined): AsyncGenerator<WorkbookMessage> {
  const request: Omit<WorkbookRequest, 'name' | 'size'> = {
    ...of,
    columns: limits.columns,
    cellChars: limits.fieldChars,
    partBytes: limits.workbookPartBytes,
    textChars: limits.workbookTextChars,
  }
  const here = import.meta.url
  const child = { module: new URL('./child', here), extension: here.endsWith('.ts') ? 'ts' : 'js' }
  for await (const message of runChild({ ...child, source, request, ...(watch === undefined ? {} : { watch }) }))
    if (message.kind === 'value') yield message.value as WorkbookMessage
}

function leftFaults(left: Extract<WorkbookMessage, { kind: 'left' }>, file: string): Fault[] {
  const faults: Fault[] = []
  if (left.beyond > 0)
    faults.push(
      fault(
        'table-columns-left-out',
        `${left.beyond} cells beyond column ${limits.columns} were left out.`,
        { file },
        'Split the table by columns.',
        0,
      ),
    )
  if (left.cut > 0)
    faults.push(
      fault(
        'table-cell-too-long',
        `${left.cut} cells were cut at ${limits.fieldChars} characters.`,
        { file },
        'Look at them in the original.',
        0,
      ),
    )
  for (const [column, cells] of left.lostDigits)
    faults.push(
      fault(
        'value-damaged-float',
        `${cells} ${cells === 1 ? 'number' : 'numbers'} of column ${column + 1} lost digits: a spreadsheet keeps 15 of a number.`,
        { file, field: `c${column + 1}` },
        'Ask for the source that filled the spreadsheet; these values are given as it keeps them.',
        0,
      ),
    )
  return faults
}

function problemFault(problem: WorkbookProblem, file: string): Fault {
  switch (problem) {
    case 'bomb':
      return fault(
        'xlsx-bomb',
        'The workbook unpacks to far more than its size and was not read.',
        { file },
        'If it is what you expect, save it as CSV and give that.',
      )
    case 'damaged':
      return fault(
        'xlsx-damaged',
        'A part of the workbook cannot be read to its end.',
        { file },
        'Get the workbook again; rows before the damage were kept.',
      )
    case 'no-workbook':
      return fault('xlsx-no-workbook', 'The file has no workbook in it.', { file }, 'Check what the file is.')
  }
}
