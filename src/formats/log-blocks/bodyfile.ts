import { wrongBlock, type BlockLayout, type LogBlock } from './block.ts'

const times = ['atime', 'mtime', 'ctime', 'crtime'] as const

/** Whether lines are those of a body file: a hash, a name, then nine cells of which the last four are times. */
export function looksLikeBodyfile(lines: readonly string[]): boolean {
  const rows = lines.filter((line) => !line.startsWith('#'))
  const fit = rows.filter((line) => cellsOf(line) !== undefined).length
  return fit > 0 && fit * 10 >= rows.length * 9
}

/** One file a line: `MD5|name|inode|mode|UID|GID|size|atime|mtime|ctime|crtime` (The Sleuth Kit, body file version 3). */
export class Bodyfile implements BlockLayout {
  add(text: string, line: number): readonly LogBlock[] {
    if (text.trim() === '' || text.startsWith('#')) return []
    const cells = cellsOf(text)
    if (cells === undefined) return [wrongBlock(line, 'The line has not the eleven cells of a body file.')]
    const { name, hash, rest } = cells
    const [inode = '', mode = '', uid = '', gid = '', size = '', ...moments] = rest
    const fields: Record<string, string> = { name, inode, mode, uid, gid, size }
    if (hash !== '0' && hash !== '') fields['md5'] = hash
    // Zero stands for a time that the file system does not keep.
    times.forEach((one, i) => {
      const value = moments[i] ?? ''
      if (/^[1-9]/.test(value)) fields[one] = value
    })
    return [{ line, form: 'bodyfile', fields }]
  }

  end(): readonly LogBlock[] {
    return []
  }
}

/** The name may hold bars itself. */
function cellsOf(text: string): { name: string; hash: string; rest: readonly string[] } | undefined {
  const parts = text.split('|')
  if (parts.length < 11) return undefined
  const rest = parts.slice(-9)
  if (!/^\d+(?:-\d+){0,2}$/.test(rest[0] ?? '') || !rest.slice(4).every((cell) => /^-?\d{0,20}(?:\.\d{1,12})?$/.test(cell)))
    return undefined
  const hash = parts[0] ?? ''
  return /^[\da-f]{0,64}$/i.test(hash) ? { hash, name: parts.slice(1, -9).join('|'), rest } : undefined
}
