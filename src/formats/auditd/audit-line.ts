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
  if (interpreted && (type === 'EXECVE' || type === 'PROCTITLE')) return { ...fields, ...words(body, argument) }
  if (interpreted && type === 'PATH') return { ...fields, ...words(body, pathMember) }
  if (interpreted && type === 'CWD') return { ...fields, ...words(body, cwdMember) }
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
  if (type === 'SOCKADDR') Object.assign(fields, interpreted ? spokenAddress(fields) : socketAddress(fields['saddr'] ?? ''))
  return fields
}

const argument = /(?:^| )(a\d{1,4}|argc|proctitle)=/g
const pathMember =
  /(?:^| )(item|name|inode|dev|mode|ouid|ogid|rdev|obj|nametype|cap_fp|cap_fi|cap_fe|cap_fver|cap_frootid|OUID|OGID)=/g
const cwdMember = /(?:^| )(cwd)=/g

/** Interpreted values stand without quotes: one goes on to the next name that such a record has. */
function words(body: string, names: RegExp): Record<string, string> {
  const starts = [...body.matchAll(names)].slice(0, limits.eventFields)
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

/** An address as `ausearch -i` prints it: `saddr={ saddr_fam=inet laddr=192.0.2.1 lport=443 }`. */
function spokenAddress(fields: Readonly<Record<string, string>>): Record<string, string> {
  const { laddr, lport, saddr_fam: family } = fields
  return laddr === undefined || family === undefined
    ? {}
    : { family, addr: laddr, ...(lport === undefined ? {} : { port: lport }) }
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
  return { family: 'inet6', addr: shortest(groups), port }
}

/** The longest run of zeros left out, as addresses are usually written (RFC 5952). */
function shortest(groups: readonly string[]): string {
  let at = 0
  let length = 0
  for (let i = 0; i < groups.length; i += 1) {
    let end = i
    while (groups[end] === '0') end += 1
    if (end - i > length) [at, length] = [i, end - i]
    i = Math.max(i, end)
  }
  if (length < 2) return groups.join(':')
  return `${groups.slice(0, at).join(':')}::${groups.slice(at + length).join(':')}`
}
