import { parseAccessLine, type AccessRecord } from '../access-log/parse-line.ts'
import { readAuditLine } from '../auditd/audit-line.ts'
import { readCef } from '../cef/cef.ts'
import { readLeef } from '../cef/leef.ts'
import { syslogHeader, type SyslogHeader } from '../syslog/header.ts'
import { readEventXml } from '../windows-xml/windows-xml.ts'
import { readClassicEvent } from '../windows-xml/classic.ts'
import { readSnareEvent } from '../windows-xml/snare.ts'
import { ciscoMessage } from './cisco.ts'
import { isFrameLine, readForm } from './forms.ts'
import { readQueryLine } from './query-lines.ts'
import { readCommaPairs, readPairs } from './pairs.ts'

/**
 * A line of a log taken apart. `form` says how: `cef`, `leef`, `pairs`, `comma-pairs`, `cisco`, `audit`, `windows`,
 * `access`, a form of `forms.ts`, `json` (for the caller to parse `text`), or `text` for a message in words.
 */
export interface LogLine {
  readonly form: string
  readonly fields: Readonly<Record<string, string>>
  /** The syslog header the message came in. */
  readonly header?: SyslogHeader
  /** The message without its headers. */
  readonly text: string
  readonly access?: AccessRecord
}

/** Takes a line apart: `undefined` for one of the file's frame (titles, legends) that tells no event. Never throws. */
export function readLogLine(text: string): LogLine | undefined {
  if (isFrameLine(text)) return undefined
  // A time in ISO 8601 would be taken for the header of a syslog line.
  const query = readQueryLine(text)
  if (query !== undefined) return { ...query, text }
  const header = syslogHeader(text)
  return header === undefined ? (readMessage(text) ?? { form: 'text', fields: {}, text }) : behind(header, 0)
}

function behind(header: SyslogHeader, depth: number): LogLine {
  const inner = readMessage(header.message, header.app)
  // The outer header may be a priority alone.
  if (inner !== undefined) return header.time === '' && inner.header !== undefined ? inner : { ...inner, header }
  // A relay puts its own header in front; the inner one is the device's.
  const next = depth < 2 ? syslogHeader(header.message) : undefined
  if (next === undefined) return { form: 'text', fields: {}, text: header.message, header }
  const found = behind(next, depth + 1)
  return found.header?.host === '' ? { ...found, header: { ...found.header, host: header.host } } : found
}

function readMessage(text: string, app = ''): LogLine | undefined {
  const first = text.charCodeAt(0)
  if (first === 123) return { form: 'json', fields: {}, text }
  // The mark that rsyslog puts in front of JSON.
  if (text.startsWith('@cee:')) return { form: 'json', fields: {}, text: text.slice(5).trimStart() }
  if (first === 60 || first === 32) {
    const fields = readEventXml(text)
    if (fields !== undefined) return { form: 'windows', fields, text }
  }
  const audit = readAuditLine(text)
  if (audit !== undefined) return { form: 'audit', fields: audit, text }
  const standard = common(text)
  if (standard !== undefined) return standard
  const classic = readClassicEvent(text) ?? readSnareEvent(text)
  if (classic !== undefined) return { form: 'windows', fields: classic, text }
  const cisco = ciscoMessage(text)
  if (cisco !== undefined) {
    const { text: message, ...fields } = cisco
    const outer = text.startsWith('%') ? undefined : syslogHeader(text)
    const header = outer === undefined ? {} : { header: { ...outer, app: '' } }
    return { form: 'cisco', fields: { ...fields }, text: message, ...header }
  }
  const category = /^(?:(CISE_\w{1,60}) )?\d{10} \d{1,3} \d{1,3} (?=\d{4}-)/.exec(text)
  if (category !== null) return ise(text.slice(category[1] === undefined ? 0 : category[1].length + 1), category[1] ?? app)
  const clearPass = /^[A-Z][\w -]{2,60} \d{1,12} \d{1,6} \d{1,6} (?=Common\.)/.exec(text)
  if (clearPass !== null) return { form: 'comma-pairs', fields: readCommaPairs(text.slice(clearPass[0].length)), text }
  const form = readForm(text)
  if (form !== undefined) return { ...form, text }
  const access = parseAccessLine(text, 0)
  if (access !== undefined) return { form: 'access', fields: {}, text, access }
  return pairsOf(text)
}

/** CEF and LEEF, also behind a header or words of a relay. */
function common(text: string): LogLine | undefined {
  const head = text.slice(0, 400)
  for (const [mark, form, read] of [
    ['CEF:', 'cef', readCef],
    ['LEEF:', 'leef', readLeef],
  ] as const) {
    const at = head.indexOf(mark)
    const fields = at === -1 || (at > 0 && head[at - 1] !== ' ') ? undefined : read(text, at)
    if (fields === undefined) continue
    const header = at === 0 ? undefined : (syslogHeader(text.slice(0, at + 4)) ?? shortHeader(text.slice(0, at)))
    return { form, fields, text: text.slice(at), ...(header === undefined ? {} : { header }) }
  }
  return undefined
}

/** CyberArk writes version, time and host of RFC 5424 and leaves the rest of the header out. */
function shortHeader(text: string): SyslogHeader | undefined {
  const found = /^(?:<(\d{1,3})>)?1 (\d\S{9,63}) (\S{1,255}) $/.exec(text)
  if (found === null || Number(found[1] ?? 0) > 191) return undefined
  const [, value, time = '', host = ''] = found
  const level =
    value === undefined ? { facility: -1, severity: -1 } : { facility: Number(value) >> 3, severity: Number(value) & 7 }
  return { time, host, app: '', pid: '', messageId: '', ...level, data: {}, message: '' }
}

/** Cisco ISE: counters and a time of its own, then pairs parted by commas. */
function ise(text: string, app: string): LogLine {
  const found =
    /^(\d{10}) \d{1,3} \d{1,3} (\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,9})? [+-]\d{2}:\d{2}) \d{10} (\d{4,6}) \w{1,12} {1,2}([^:,]{1,64}): ([^,]{0,200}), /.exec(
      text,
    )
  const pairs = readCommaPairs(found === null ? text : text.slice(found[0].length))
  const own: Record<string, string> =
    found === null
      ? {}
      : { time: found[2] ?? '', MessageCode: found[3] ?? '', MessageClass: found[4] ?? '', MessageText: found[5] ?? '' }
  return { form: 'comma-pairs', fields: { ...pairs, ...own, ...(app === '' ? {} : { category: app }) }, text }
}

function pairsOf(text: string): LogLine | undefined {
  if (!/^[A-Za-z_][\w.-]{0,63}=/.test(text)) return undefined
  const fields = readPairs(text)
  return Object.keys(fields).length >= 3 ? { form: 'pairs', fields, text } : undefined
}
