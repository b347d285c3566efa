/** A record with the line it stands on. */
export interface AuditRecord {
  readonly line: number
  readonly fields: Readonly<Record<string, string>>
}

/** Events kept open: records of several events interleave, but not over long stretches. */
const openEvents = 64
/** Records of one event; the kernel writes some dozens at most. */
const recordsOfEvent = 500

/** What the other records of an event are told, by the record type that states it. */
const shared: Readonly<Record<string, { readonly names: readonly string[]; readonly to?: readonly string[] }>> = {
  SYSCALL: { names: 'SYSCALL success exit ppid pid auid uid gid euid tty ses comm exe key AUID UID EUID'.split(' ') },
  CWD: { names: ['cwd'], to: ['SYSCALL', 'EXECVE', 'PATH'] },
  // Told to one record alone, so that a search for a word of the command finds it once.
  PROCTITLE: { names: ['proctitle'], to: ['EXECVE'] },
}

/**
 * Joins records of the Linux audit system by host and event id. A record is given out once its event is complete (its
 * closing record, or many later events), with the fields it lacks from the event's SYSCALL, CWD and PROCTITLE records; an
 * EXECVE record has `CommandLine` from its arguments. Bounded memory.
 */
export class AuditEvents {
  readonly #open = new Map<string, AuditRecord[]>()

  /** Takes a record; gives those that became complete, in the order of their lines. */
  add(record: AuditRecord): readonly AuditRecord[] {
    const { fields } = record
    const key = `${fields['node'] ?? ''} ${fields['audit_time']} ${fields['audit_serial']}`
    const event = this.#open.get(key) ?? []
    event.push(record)
    this.#open.set(key, event)
    if (fields['type'] === 'EOE' || event.length >= recordsOfEvent) return this.#close(key)
    if (this.#open.size <= openEvents) return []
    const [oldest] = this.#open.keys()
    return oldest === undefined ? [] : this.#close(oldest)
  }

  /** The records still open at the end of the source. */
  end(): readonly AuditRecord[] {
    return [...this.#open.keys()].flatMap((key) => this.#close(key))
  }

  #close(key: string): readonly AuditRecord[] {
    const event = this.#open.get(key) ?? []
    this.#open.delete(key)
    // What each kind of record tells, taken once: an event may have hundreds of records.
    const told = new Map<string, Record<string, string>>()
    let commanded = false
    for (const { fields } of event) {
      const type = fields['type'] ?? ''
      commanded ||= type === 'EXECVE'
      const names = shared[type]?.names
      if (names === undefined) continue
      const values = told.get(type) ?? {}
      told.set(type, values)
      for (const name of names) if (fields[name] !== undefined) values[name] ??= fields[name]
    }
    return event.map((record) => {
      const own = record.fields['type'] ?? ''
      const more: Record<string, string> = {}
      for (const [type, values] of told) {
        const to = shared[type]?.to
        if (to === undefined || to.includes(own) || (own === 'SYSCALL' && !commanded)) Object.assign(more, values)
      }
      if (own === 'EXECVE') more['CommandLine'] = commandLine(record.fields)
      return { ...record, fields: { ...more, ...record.fields } }
    })
  }
}

/** The arguments in order, parted by blanks; pieces of long ones (`a1[0]`, `a1[1]`) put together. */
function commandLine(fields: Readonly<Record<string, string>>): string {
  const words: string[] = []
  const count = Math.min(Number(fields['argc'] ?? 0) || 0, 1_000)
  for (let i = 0; i < count; i += 1) {
    const whole = fields[`a${i}`]
    if (whole !== undefined) words.push(whole)
    else {
      let word = ''
      for (let piece = 0; piece < 1_000; piece += 1) {
        const part = fields[`a${i}[${piece}]`]
        if (part === undefined) break
        word += part
      }
      if (word !== '') words.push(word)
    }
  }
  return words.join(' ')
}
