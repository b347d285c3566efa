import type { shownCopy } from '../../app/index.ts'
import { meaningText, noticeText, placesText, type Acquisition, type Copy } from '../../provenance/index.ts'
import { columns, oneLine } from '../layout.ts'
import type { Terminal } from '../terminal.ts'

/** Prints everything known of a copy: what was declared, agreed, found, signed for, and where its bytes have been. */
export function printCopy(terminal: Terminal, { copy, revisions }: ReturnType<typeof shownCopy>): void {
  const lines = [
    ...declared(copy),
    ...agreed(copy),
    ...found(copy),
    ...(copy.acquisition === undefined ? [] : acquired(copy.acquisition)),
  ]
  terminal.out(
    `${copy.id}\n${columns(
      lines.map(([name, value]) => [`  ${name}`, value]),
      1_000,
    )}\n`,
  )
  if (copy.acquisition === undefined && /^(?:postgresql|mysql|https?):\/\//.test(copy.source))
    terminal.out('the read was interrupted before its receipt was written: make it again under the same name\n')
  terminal.out(
    copy.places === undefined || copy.places.length === 0
      ? 'where its bytes have been is not written down: add places with "breachline copy update"\n'
      : `its bytes have been at:\n${copy.places.map((place, at) => `  ${at + 1}. ${oneLine(placesText({ places: [place] }) ?? '')}${place.reference === undefined ? '' : ` [${oneLine(place.reference)}]`}\n`).join('')}`,
  )
  terminal.out(
    `columns:\n${columns(
      copy.columns.map((column) => [`  ${column.name}`, meaningText(column.meaning)]),
      terminal.width,
    )}\n`,
  )
  for (const [at, notice] of (copy.notices ?? []).entries())
    terminal.out(`${at === 0 ? 'does not fit what was declared:\n' : ''}  - ${oneLine(noticeText(notice))}\n`)
  for (const one of revisions) terminal.out(`revision ${one.revision}: ${one.at} by ${oneLine(one.by)}\n`)
}

type Line = readonly [string, string]

function declared(copy: Copy): Line[] {
  const status = copy.holderStatus
  return [
    ['kind', copy.kind],
    [
      'holder',
      `${copy.holder}${status === undefined ? '' : ` (${status.status}${status.since === undefined ? '' : ` since ${status.since}`})`}`,
    ],
    ...line('operators', copy.operators?.join(', ')),
    ['system', copy.system],
    ['as of', `${copy.asOf}${copy.history ? ' (last day of a history)' : ''}`],
  ]
}

function agreed(copy: Copy): Line[] {
  const { format, receipt } = copy
  const form = Object.entries(format ?? {}).map(([what, value]) => `${what} ${JSON.stringify(value)}`)
  return [
    ...line('fields agreed', copy.fields?.join(', ')),
    ...line('form agreed', form.length === 0 ? undefined : form.join(', ')),
    ...line('rows agreed', copy.rowFilter),
    ...line(
      'receipt',
      receipt === undefined
        ? undefined
        : `${receipt.on} by ${receipt.by}${receipt.reference === undefined ? '' : `, ${receipt.reference}`}`,
    ),
    ...line('receipt SHA-256', receipt?.sha256),
  ]
}

function found(copy: Copy): Line[] {
  return [
    ['rows', copy.rows.toLocaleString('en-US')],
    ['from', copy.source],
    [copy.acquisition === undefined ? 'SHA-256' : 'digest of rows', copy.sha256],
    ['token key', copy.keyId],
  ]
}

function acquired(read: Acquisition): Line[] {
  const { query } = read
  return [
    ['read from', read.version.split(' (')[0] ?? ''],
    ['read by', `${read.by}${read.authority === undefined ? '' : `, on the word of ${read.authority}`}`],
    ['read at', `${read.started} to ${read.ended} (clock of the system: ${read.systemTime})`],
    ['snapshot', read.snapshot === '' ? 'the system names none; one statement' : read.snapshot],
    [
      'condition',
      query.where.length === 0
        ? 'none, all rows'
        : query.where.map(({ column }) => `${column} = a value kept as a digest`).join(' and '),
    ],
    ['zone of times', query.zone],
    ...line(
      'remarks',
      read.notices.length === 0 ? undefined : read.notices.map((notice) => remarks[notice] ?? notice).join('; '),
    ),
  ]
}

const remarks: Readonly<Record<string, string>> = {
  'row-rules': 'rules of the system may hide rows from this user',
  'not-encrypted': 'the connection was not encrypted',
  changing: 'the table changed while it was read',
  'zone-assumed': 'times with a zone were taken as days in UTC: give --zone',
  'values-cut': 'very long values were cut',
}

function line(name: string, value: string | undefined): Line[] {
  return value === undefined ? [] : [[name, value]]
}
