import { fault, limits, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { readLines } from '../lines/lines.ts'
import type { BlockLayout, LogBlock } from './block.ts'
import { Bodyfile, looksLikeBodyfile } from './bodyfile.ts'
import { JournalExport } from './journal-export.ts'
import { GeneralLog, looksLikeGeneralLog, looksLikeSlowLog, SlowLog } from './mysql-log.ts'
import { Praudit } from './praudit.ts'
import { ShellHistory } from './shell-history.ts'
import { XmlRecords } from './xml-records.ts'
import { looksLikeYara, YaraOutput } from './yara-output.ts'

interface Known {
  readonly seen: string
  readonly is: (lines: readonly string[]) => boolean
  readonly open: () => BlockLayout
}

const layouts: readonly Known[] = [
  {
    seen: 'database audit records in XML',
    is: (lines) => lines.slice(0, 5).some((line) => /^\s{0,20}<(?:AUDIT|AUDIT_RECORD)[\s>]/.test(line)),
    open: () => new XmlRecords('AUDIT_RECORD'),
  },
  {
    seen: 'Solaris audit trail in XML',
    is: (lines) => lines.slice(0, 8).some((line) => /^\s{0,20}<record version="\d{1,3}" event="/.test(line)),
    open: () => new XmlRecords('record'),
  },
  {
    seen: 'Solaris audit trail',
    is: ([first = '', second = '']) =>
      /^(?:file,\d{4}-|header,\d{1,6},\d{1,3},)/.test(first) && /^(?:header|subject|file),|,subject,/.test(second || first),
    open: () => new Praudit(),
  },
  {
    seen: 'systemd journal (export format)',
    is: ([first = '']) => first.startsWith('__CURSOR='),
    open: () => new JournalExport(),
  },
  {
    seen: 'shell history with times',
    is: ([first = '', second = '']) =>
      /^#\d{9,11}$/.test(first) && !/^#\d{9,11}$/.test(second) ? true : /^: \d{9,11}:\d{1,9};/.test(first),
    open: () => new ShellHistory(),
  },
  { seen: 'body file (The Sleuth Kit)', is: looksLikeBodyfile, open: () => new Bodyfile() },
  { seen: 'MySQL slow query log', is: looksLikeSlowLog, open: () => new SlowLog() },
  { seen: 'MySQL general log', is: looksLikeGeneralLog, open: () => new GeneralLog() },
  { seen: 'YARA output', is: looksLikeYara, open: () => new YaraOutput() },
]

/** What log of blocks the first lines begin; undefined for none. */
export function sniffBlocks(lines: readonly string[]): string | undefined {
  return layoutOf(lines)?.seen
}

function layoutOf(lines: readonly string[]): Known | undefined {
  const filled = lines.filter((line) => line.trim() !== '')
  return filled.length === 0 ? undefined : layouts.find((one) => one.is(filled))
}

/** The records of a log of blocks, in order; a line that fits no layout is a fault. */
export async function* readBlocks(source: ByteSource, options: { readonly watch?: Watch } = {}): AsyncGenerator<Batch<LogBlock>> {
  let layout: BlockLayout | undefined
  for await (const batch of readLines(source, options.watch === undefined ? {} : { watch: options.watch })) {
    const records: LogBlock[] = []
    const faults: Fault[] = [...batch.faults]
    if (layout === undefined) {
      const found = layoutOf(batch.records.slice(0, 50).map(({ text, n }) => (n === 1 ? text.replace(/^\uFEFF/, '') : text)))
      if (found === undefined && batch.records.length > 0) {
        const todo = 'Look whether the beginning of the file was cut.'
        yield {
          records: [],
          faults: [
            ...faults,
            fault('log-row-wrong', 'The log does not begin as its kind does.', { file: source.name, line: 1 }, todo),
          ],
        }
        return
      }
      layout = found?.open()
    }
    for (const { text, n } of batch.records) {
      for (const one of layout?.add(n === 1 ? text.replace(/^\uFEFF/, '') : text, n) ?? []) keep(one)
    }
    yield { records, faults }

    function keep(one: LogBlock): void {
      if (one.form !== 'wrong') records.push(bounded(one))
      else {
        const todo = 'Look whether the log was cut or joined here; the records around it were read.'
        faults.push(fault('log-row-wrong', one.fields['why'] ?? '', { file: source.name, line: one.line }, todo, 1))
      }
    }
  }
  const rest = layout?.end() ?? []
  const todo = 'The end of the log is missing; the records before it were read.'
  yield {
    records: rest.filter(({ form }) => form !== 'wrong').map(bounded),
    faults: rest.flatMap(({ form, fields, line }) =>
      form === 'wrong' ? [fault('log-row-wrong', fields['why'] ?? '', { file: source.name, line }, todo, 1)] : [],
    ),
  }
}

function bounded(block: LogBlock): LogBlock {
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(block.fields).slice(0, limits.eventFields))
    if (value !== '')
      fields[name === '__proto__' ? '(__proto__)' : name] =
        value.length > limits.fieldChars ? value.slice(0, limits.fieldChars).toWellFormed() : value
  return { ...block, fields }
}
