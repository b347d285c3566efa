import { basename } from '../names.ts'

/** What a command line packs, dumps or copies whole, or orders to be sent. */
export interface Packing {
  readonly kind: 'archive' | 'dump' | 'sending'
  /** File or folder it writes, or where it is sent; '' when the line does not say. */
  readonly into: string
  /** Files packed, or tables dumped, as written. */
  readonly of: readonly string[]
  /** Most bytes of one part of an archive in parts. */
  readonly part?: number
}

const archiveEnding = /\.(?:rar|7z|zip|tar|tgz|gz|bz2|xz|zst)$/i
const archivers = /^(?:rar|winrar|7z|7za|7zr|7zg|zip|tar|bsdtar)(?:\.exe)?$/i
const dumpers = /^(?:pg_dump|pg_dumpall|mysqldump|mariadb-dump|expdp|exp|bcp|mongodump|psql|sqlcmd)(?:\.exe)?$/i

/** Reads a command line; undefined when it packs nothing. `program` is its name by the file's own resource, where known. */
export function packingOf(line: string, program: string): Packing | undefined {
  const [first = '', ...rest] = tokensOf(line)
  const names = [basename(first), basename(program)]
  // A command that has another machine do it says nothing of this one.
  if (
    /ntdsutil/i.test(line) &&
    /\bifm\b/i.test(line) &&
    names.some((one) => /^(?:ntdsutil|cmd|powershell)(?:\.exe)?$/i.test(one))
  ) {
    const into = rest.flatMap((one) => [...one.matchAll(/create\s+(?:full|sysvol full)\s+(\S+)/gi)]).map((one) => one[1] ?? '')[0]
    return { kind: 'dump', into: into ?? '', of: ['ntds.dit'] }
  }
  const sending = sendingOf(first, rest)
  if (sending !== undefined) return sending
  const archive = rest.find((one) => !one.startsWith('-') && archiveEnding.test(one))
  if (archive !== undefined && (names.some((one) => archivers.test(one)) || rest[0] === 'a')) return archiveOf(archive, rest)
  if (!names.some((one) => dumpers.test(one))) return undefined
  const into = after(rest, ['-f', '--file', '--result-file', '-o', '>', 'dumpfile']) ?? ''
  const of = [...all(rest, ['-t', '--table']), ...(/^bcp/i.test(basename(first)) && rest[0] !== undefined ? [rest[0]] : [])]
  return into === '' && of.length === 0 ? undefined : { kind: 'dump', into, of }
}

/** Does a name end like an archive, or like one part of one? */
export function isArchiveName(name: string): boolean {
  return archiveEnding.test(name) || /\.(?:r\d\d|z\d\d|part\d+|7z\.\d{3}|\d{3})$/i.test(name)
}

/** Name of the whole archive to which a part belongs: `v.part2.rar` is of `v.rar`. */
export function wholeArchive(name: string): string {
  return name
    .replace(/\.part\d{1,5}(\.rar)$/i, '$1')
    .replace(/\.r\d\d$/i, '.rar')
    .replace(/\.z\d\d$/i, '.zip')
    .replace(/\.\d{3}$/, '')
}

function archiveOf(archive: string, rest: readonly string[]): Packing {
  const size = rest.map((one) => /^-v(\d{1,9})([bkmg]?)$/i.exec(one)).find((found) => found !== null)
  const units: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }
  const of = rest.slice(rest.indexOf(archive) + 1).filter((one) => !one.startsWith('-') && !one.startsWith('>'))
  // Without a unit RAR counts thousands of bytes.
  const part = size === undefined ? undefined : Number(size[1]) * (units[(size[2] ?? '').toLowerCase()] ?? 1000)
  return { kind: 'archive', into: archive, of, ...(part === undefined ? {} : { part }) }
}

/** A router's `copy running-config ftp://...`, `scp file user@host:`, `curl -T file url`, `rclone copy folder remote:`. */
function sendingOf(first: string, rest: readonly string[]): Packing | undefined {
  const program = basename(first)
    .toLowerCase()
    .replace(/\.exe$/, '')
  const [source, target] = rest
  if (program === 'copy' && source !== undefined && /^(?:ftp|tftp|sftp|scp|https?):/i.test(target ?? ''))
    return { kind: 'sending', into: target ?? '', of: [source] }
  if ((program === 'scp' || program === 'pscp') && rest.length > 1) {
    const into = rest.at(-1) ?? ''
    const of = rest.slice(0, -1).filter((one) => !one.startsWith('-') && !/^\d+$/.test(one))
    return /^[^\\/]{2,}:/.test(into) && of.length > 0 ? { kind: 'sending', into, of } : undefined
  }
  const url = rest.find((one) => /^(?:ftp|sftp|https?):/i.test(one))
  const sent = after(rest, ['-t', '--upload-file'])
  if (program === 'curl' && url !== undefined && sent !== undefined) return { kind: 'sending', into: url, of: [sent] }
  const [act, ...paths] = rest.filter((one) => !one.startsWith('-'))
  if (
    program === 'rclone' &&
    ['copy', 'sync', 'move', 'copyto', 'moveto'].includes(act ?? '') &&
    /^[^\\/]{2,}:/.test(paths[1] ?? '')
  )
    return { kind: 'sending', into: paths[1] ?? '', of: [paths[0] ?? ''] }
  return undefined
}

function after(tokens: readonly string[], switches: readonly string[]): string | undefined {
  return all(tokens, switches)[0]
}

function all(tokens: readonly string[], switches: readonly string[]): string[] {
  return tokens.flatMap((token, at) => {
    const [name = '', value] = token.split('=', 2)
    if (!switches.includes(name.toLowerCase())) return []
    const found = value ?? tokens[at + 1]
    return found === undefined ? [] : [found]
  })
}

function tokensOf(line: string): string[] {
  return [...line.slice(0, 8_000).matchAll(/"([^"]*)"|(\S+)/g)].map((found) => found[1] ?? found[2] ?? '')
}
