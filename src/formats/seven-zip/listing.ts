/** A member as the engine lists it. */
export interface ListedMember {
  readonly path: string
  readonly size: number
  readonly packed: number
  readonly folder: boolean
  readonly link: boolean
  readonly encrypted: boolean
}

/** Reads `7z l -slt`: blocks of `Name = value` lines behind a line of dashes, parted by empty lines. */
export function readListing(output: string): ListedMember[] {
  const start = output.indexOf('\n----------\n')
  if (start === -1) return []
  const members: ListedMember[] = []
  for (const block of output.slice(start + 12).split(/\n\n+/)) {
    const fields = new Map<string, string>()
    for (const line of block.split('\n')) {
      const at = line.indexOf(' = ')
      const name = at === -1 ? line.replace(/ =$/, '') : line.slice(0, at)
      if (!fields.has(name)) fields.set(name, at === -1 ? '' : line.slice(at + 3))
    }
    const path = fields.get('Path')
    if (path === undefined) continue
    const attributes = fields.get('Attributes') ?? ''
    members.push({
      path,
      size: Number(fields.get('Size') ?? 0) || 0,
      packed: Number(fields.get('Packed Size') ?? 0) || 0,
      folder: fields.get('Folder') === '+' || attributes.startsWith('D') || / d[rwx-]{9}/.test(attributes),
      link: / l[rwx-]{9}/.test(attributes) || (fields.get('Symbolic Link') ?? '') !== '',
      encrypted: fields.get('Encrypted') === '+',
    })
  }
  return members
}
