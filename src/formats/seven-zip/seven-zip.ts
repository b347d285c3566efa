import { createWriteStream, type WriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { fault, limits, unreachable, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { encryptedFault, withPassword } from '../archive/encrypted.ts'
import { runChild, stoppedFault } from '../child/run-child.ts'
import type { ArchiveProblem, MemberFailure, UnpackMessage, UnpackRequest } from './message.ts'

/** A member as it came out: its path inside the archive and the file it was written to. */
export interface OpenedMember {
  readonly path: string
  readonly file: string
}

/**
 * Unpacks a 7z archive, or a ZIP with encrypted members, in a process of its own that writes nothing: its bytes go to files that `newFile`
 * names. Members that are unsafe, damaged, encrypted or too large are faults and leave no file. Passwords are tried in order and travel on a
 * pipe; no fault holds one.
 */
export async function unpackSevenZip(options: {
  readonly source: ByteSource
  readonly kind: '7z' | 'zip'
  readonly passwords: readonly string[]
  /** Bytes that may still be unpacked. */
  readonly bytes: number
  readonly newFile: () => string
  readonly watch?: Watch
}): Promise<{ readonly members: readonly OpenedMember[]; readonly faults: readonly Fault[]; readonly bytes: number }> {
  const { source } = options
  const request: Omit<UnpackRequest, 'name' | 'size'> = {
    kind: options.kind,
    passwords: options.passwords.slice(0, 100),
    members: limits.archiveMembers,
    bytes: options.bytes,
    ratio: limits.archiveRatio,
    ratioFloorBytes: limits.archiveRatioFloorBytes,
  }
  const begun = new Map<number, OpenedMember>()
  const whole = new Map<number, OpenedMember>()
  const faults: Fault[] = []
  let out: WriteStream | undefined
  let bytes = 0
  const here = import.meta.url
  const child = { module: new URL('./child', here), extension: here.endsWith('.ts') ? 'ts' : 'js' }
  const watch = options.watch === undefined ? {} : { watch: options.watch }
  try {
    for await (const message of runChild({ ...child, source, request, ...watch })) {
      if (message.kind === 'bytes') {
        bytes += message.bytes.length
        // The bytes of the message are a view of what comes next.
        await written(out, Buffer.from(message.bytes))
        continue
      }
      const said = message.value as UnpackMessage
      switch (said.kind) {
        case 'member': {
          await closed(out)
          const member = { path: said.path, file: options.newFile() }
          begun.set(said.record, member)
          out = createWriteStream(member.file, { flags: 'wx', mode: 0o600 })
          break
        }
        case 'done': {
          const member = begun.get(said.record)
          if (member !== undefined) whole.set(said.record, member)
          break
        }
        case 'failed':
          faults.push(
            memberFault(said.why, {
              file: source.name,
              record: said.record,
              ...(said.detail === undefined ? {} : { detail: said.detail }),
            }),
          )
          break
        case 'problem':
          faults.push(problemFault(said.problem, source.name, said.detail))
      }
    }
  } catch (error) {
    options.watch?.signal?.throwIfAborted()
    faults.push(stoppedFault(error, { code: 'archive', what: 'archive', file: source.name }))
  } finally {
    await closed(out)
    for (const [record, member] of begun) if (!whole.has(record)) await rm(member.file, { force: true })
  }
  return { members: [...whole].sort((a, b) => a[0] - b[0]).map(([, member]) => member), faults, bytes }
}

async function written(out: WriteStream | undefined, bytes: Uint8Array): Promise<void> {
  if (out === undefined) return
  await new Promise<void>((resolve, reject) => out.write(bytes, (error) => (error ? reject(error) : resolve())))
}

async function closed(out: WriteStream | undefined): Promise<void> {
  if (out === undefined || out.closed) return
  await new Promise<void>((resolve) => out.end(() => out.close(() => resolve())))
}

function memberFault(why: MemberFailure, at: { file: string; record: number; detail?: string }): Fault {
  const where = { file: at.file, record: at.record }
  switch (why) {
    case 'unsafe':
      return fault(
        'archive-path-unsafe',
        `A member was not unpacked: ${at.detail ?? 'its path is not safe'}.`,
        where,
        'Ask who made the archive; unpack it by hand in a safe place if you need the member.',
        1,
      )
    case 'link':
      return fault('archive-link', 'A member was not unpacked: it is a symbolic link.', where, 'Give the file it points to.', 1)
    case 'encrypted':
      return encryptedFault(where)
    case 'wrong-password':
      return fault(
        'archive-wrong-password',
        'A member was not unpacked: none of the passwords given opens it.',
        where,
        'Check the password file: one password a line, exactly as it was given.',
        1,
      )
    case 'damaged':
      return fault(
        'archive-member-damaged',
        'The member cannot be unpacked: its data is damaged or cut.',
        where,
        'Get the archive again; the other members were unpacked.',
        1,
      )
    case 'ratio':
    case 'archive':
      return fault(
        'archive-bomb',
        `The member was not unpacked: the archive unpacks to more than ${why === 'ratio' ? `${limits.archiveRatio} times its size` : `${limits.archiveBytes} bytes`}.`,
        where,
        'If it is what you expect, unpack it yourself and give the file.',
        1,
      )
    default:
      return unreachable(why)
  }
}

function problemFault(problem: ArchiveProblem, file: string, detail?: string): Fault {
  switch (problem) {
    case 'encrypted':
      return fault(
        'archive-encrypted',
        'The archive was not unpacked: it is encrypted, and so is its directory.',
        { file },
        withPassword,
      )
    case 'wrong-password':
      return fault(
        'archive-wrong-password',
        'The archive was not unpacked: it is encrypted, and so is its directory; none of the passwords given opens it.',
        { file },
        `${withPassword} Check it: one password a line, exactly as it was given.`,
      )
    case 'bomb':
      return fault(
        'archive-bomb',
        `The archive was not unpacked: ${detail ?? 'it would grow beyond the limits'}.`,
        { file },
        'If it is what you expect, unpack it yourself and give the folder.',
      )
    case 'damaged':
      return fault(
        'archive-damaged',
        'The directory of the archive cannot be read to its end.',
        { file },
        'Get the archive again; the members that could be read were kept.',
      )
    default:
      return unreachable(problem)
  }
}
