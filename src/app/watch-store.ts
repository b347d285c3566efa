import { closeSync, existsSync, fsyncSync, ftruncateSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../base/index.ts'
import { openDb, type Db } from '../store/index.ts'
import { entryKey, type Unnumbered, type WatchEntry } from './watch-entry.ts'

const migrations = [
  `CREATE TABLE journal (one INTEGER PRIMARY KEY CHECK (one = 1), bytes INTEGER NOT NULL, seq INTEGER NOT NULL) STRICT;
   INSERT INTO journal VALUES (1, 0, 0);
   CREATE TABLE sources (path TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
   CREATE TABLE delivered (key TEXT PRIMARY KEY, source TEXT NOT NULL, segment INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE hits (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, time TEXT NOT NULL, body TEXT NOT NULL) STRICT;
   CREATE TABLE correlated (key TEXT PRIMARY KEY, last TEXT NOT NULL) STRICT, WITHOUT ROWID`,
]

/**
 * The journal of what was delivered, and how far every source is. An entry is on disk before its source moves on; what the journal
 * holds beyond the last move, after the process was killed between the two, is noted as delivered when it is opened again.
 */
export class WatchStore {
  readonly db: Db
  readonly #file: number
  #bytes: number
  #seq: number

  /** `directory` exists; the caller holds its lock. */
  constructor(directory: string) {
    this.db = openDb(join(directory, 'state.db'), { watch: migrations })
    this.#file = openSync(join(directory, 'journal.jsonl'), existsSync(join(directory, 'journal.jsonl')) ? 'r+' : 'wx+', 0o600)
    const known = this.db.get<{ bytes: number; seq: number }>('SELECT bytes, seq FROM journal')
    this.#bytes = known?.bytes ?? 0
    this.#seq = known?.seq ?? 0
    this.#takeTail()
  }

  /** Writes entries through to disk, then moves on by `change`, all of it or nothing; gives the entries with their numbers. */
  deliver(entries: readonly Unnumbered<WatchEntry>[], change: () => void): readonly WatchEntry[] {
    let seq = this.#seq
    const numbered = entries.map((entry): WatchEntry => {
      seq += 1
      return { seq, ...entry }
    })
    let bytes = this.#bytes
    if (numbered.length > 0) {
      const text = Buffer.from(numbered.map((entry) => `${JSON.stringify(entry)}\n`).join(''), 'utf8')
      for (let at = 0; at < text.length;) at += writeSync(this.#file, text, at, text.length - at, bytes + at)
      fsyncSync(this.#file)
      bytes += text.length
    }
    this.db.transaction(() => {
      change()
      this.#moved(bytes, seq)
    })
    this.#bytes = bytes
    this.#seq = seq
    return numbered
  }

  /** Whether something of a source was delivered that its state does not count. */
  hasDelivered(source: string): boolean {
    return this.db.get('SELECT 1 AS yes FROM delivered WHERE source = ?', source) !== undefined
  }

  isDelivered(entry: Unnumbered<WatchEntry>): boolean {
    return this.db.get('SELECT 1 AS yes FROM delivered WHERE key = ?', entryKey(entry)) !== undefined
  }

  /** To be called inside the change of `deliver`. */
  noteDelivered(entry: Unnumbered<WatchEntry>): void {
    if (entry.kind === 'correlation')
      this.db.run(
        'INSERT INTO correlated VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET last = max(last, excluded.last)',
        entryKey(entry),
        entry.correlation.last,
      )
    else {
      // Records of an event log stand in it until they are overwritten: noted for good.
      const segment = 'recordId' in entry && entry.recordId !== undefined ? 0 : entry.segment
      this.db.run('INSERT OR IGNORE INTO delivered VALUES (?, ?, ?)', entryKey(entry), entry.source, segment)
    }
  }

  /** Forgets what was noted for a segment that is closed. */
  forgetDelivered(source: string, segment: number): void {
    this.db.run('DELETE FROM delivered WHERE source = ? AND segment = ?', source, segment)
  }

  close(): void {
    closeSync(this.#file)
    this.db.close()
  }

  #moved(bytes: number, seq: number): void {
    this.db.run('UPDATE journal SET bytes = ?, seq = ? WHERE bytes <> ? OR seq <> ?', bytes, seq, bytes, seq)
  }

  /** What was written after the last move: whole lines count, a line cut by the end is taken away. */
  #takeTail(): void {
    const { size } = fstatSync(this.#file)
    if (size < this.#bytes)
      throw new UserError({
        code: 'journal-short',
        message: 'the journal of watched sources is shorter than its state says',
        hint: 'put journal.jsonl back from its backup, or move the folder "watch" away to begin anew',
        exitCode: 3,
      })
    const tail = Buffer.alloc(size - this.#bytes)
    for (let at = 0; at < tail.length;) {
      const read = readSync(this.#file, tail, at, tail.length - at, this.#bytes + at)
      if (read === 0) break
      at += read
    }
    const whole = tail.lastIndexOf(10) + 1
    const entries = tail
      .toString('utf8', 0, whole)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as WatchEntry)
    if (whole < tail.length) ftruncateSync(this.#file, this.#bytes + whole)
    if (whole === 0) return
    const seq = entries.at(-1)?.seq ?? this.#seq
    this.db.transaction(() => {
      for (const entry of entries) this.noteDelivered(entry)
      this.#moved(this.#bytes + whole, seq)
    })
    this.#bytes += whole
    this.#seq = seq
  }
}
