import { limits } from '../../base/index.ts'
import { eachPair } from '../log-lines/pairs.ts'
import { syscallName } from './syscalls.ts'

const head =
  /^(?:node=(\S{1,255}) )?type=(\S{1,64}) msg=audit\(((?:\d{1,12}\.\d{1,6}|[\d/.-]{6,10} \d{2}:\d{2}:\d{2}\.\d{1,6})):(\d{1,20})\) ?: {0,2}/
/** Fields whose value is hexadecimal when it holds blanks, quotes or bytes that are no text. */
const mayBeHex = /^(?:a\d{1,4}|proctitle|name|cwd|comm|exe|key|acct|cmd|data|path|vm|unit|grp|new-\w{1,20}|old-\w{1,20})$/

/**
 * One record of the Linux audit system, as the daemon writes it or `ausearch` prints it (`-i` too): its fields under their
 * own names, texts in hexadecimal decoded, `audit_time` and `audit_serial` from the record's id, `SYSCALL` with the call's
 * name, what a `USER_*` record holds in `msg='…'` beside the rest. Undefined for another text.
 */
export function readAuditLine(text: string): Record<string, string> | undefined {
  const start = head.exec(text)
  if (start === null) return undefined
  const [all, node = '', type = '', time = '', serial = ''] = start
  const fields: Record<string, string> = { type, audit_time: time, audit_serial: serial }
  if (node !== '') fields['node'] = node
  const interpreted = time.includes(':')
  // The daemon's enriched format puts names behind a group separator.
  const body = text.slice(all.length).replaceAll('\u001D', ' ')
  if (interpreted && (type === 'EXECVE' || type === 'PROCTITLE')) return { ...fields, ...words(body) }
  const put = (key: string, value: string, quoted: boolean): void => {
    if (key === 'msg' && quoted) {
      eachPair(value, put)
      return
    }
    const safe = key === '__proto__' ? '(__proto__)' : key
    const hex = !quoted && type !== 'SYSCALL' && mayBeHex.test(key)
    const hexAlways = !quoted && type === 'SYSCALL' && (key === 'comm' || key === 'exe' || key === 'key')
    fields[safe] = (hex || hexAlways ? textOfHex(value, key) : value).slice(0, limits.fieldChars)
  }
  eachPair(body, put)
  if (type === 'SYSCALL' && fields['SYSCALL'] === undefined) {
    const name = interpreted ? (fields['syscall'] ?? '') : syscallName(fields['arch'] ?? '', fields['syscall'] ?? '')
    if (name !== '') fields['SYSCALL'] = name
  }
  if (type === 'SOCKADDR') Object.assign(fields, socketAddress(fields['saddr'] ?? ''))
  return fields
}

/** Interpreted arguments stand without quotes: a value goes on to the next argument. */
function words(body: string): Record<string, string> {
  const starts = [...body.matchAll(/(?:^| )(a\d{1,4}|argc|proctitle)=/g)].slice(0, limits.eventFields)
  const found: Record<string, string> = {}
  starts.forEach((one, i) => {
    const next = starts[i + 1]
    found[one[1] ?? ''] = body
      .slice(one.index + one[0].length, next?.index)
      .trim()
      .slice(0, limits.fieldChars)
  })
  return found
}

function textOfHex(value: string, key: string): string {
  if (value.length < 2 || value.length % 2 === 1 || !/^[\dA-F]+$/.test(value)) return value
  const joined = key === 'proctitle' ? ' ' : '\u0000'
  return Buffer.from(value, 'hex').toString('utf8').toWellFormed().replaceAll('\u0000', joined).trimEnd()
}

/** Address family, address and port of a SOCKADDR record, where it is IPv4 or IPv6. */
function socketAddress(hex: string): Record<string, string> {
  if (!/^[\dA-Fa-f]{16,256}$/.test(hex) || hex.length % 2 === 1) return {}
  const bytes = Buffer.from(hex, 'hex')
  const family = bytes.readUInt16LE(0)
  const port = String(bytes.readUInt16BE(2))
  if (family === 2) return { family: 'inet', addr: bytes.subarray(4, 8).join('.'), port }
  if (family !== 10 || bytes.length < 24) return {}
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(8 + i * 2).toString(16))
  return { family: 'inet6', addr: groups.join(':'), port }
}
