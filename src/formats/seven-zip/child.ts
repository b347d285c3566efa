// Runs as a process of its own: archives of 7-Zip and encrypted ZIP are hostile until they were read.
import { memberPath } from '../archive/entry-name.ts'
import { parentSource, request, tell, tellEnd } from '../child/ask-parent.ts'
import { encryptedDirectory } from './directory.ts'
import { archivePath, outFolder, runEngine, WriteStopped, type EngineRun } from './engine.ts'
import { readListing, type ListedMember } from './listing.ts'
import type { ArchiveProblem, MemberFailure, UnpackMessage, UnpackRequest } from './message.ts'

const wanted = request() as UnpackRequest
const source = parentSource(wanted.name, wanted.size)
const say = (message: UnpackMessage): void => tell(message)

// The engine asks the runtime for numbers of a file system that it is not given here; the process may not tell them.
Object.assign(process, { binding: () => ({ fs: {} }) })

const common = ['-y', '-bd', '-bb0', '-sccUTF-8', `-t${wanted.kind}`]
const passwordOf = (password: string | undefined): string => `-p${password ?? ''}`

function run(command: readonly string[], write?: (path: string, bytes: Uint8Array) => void): Promise<EngineRun> {
  return runEngine({
    size: wanted.size,
    read: source.read,
    args: command,
    ...(write === undefined ? {} : { write }),
  })
}

function wrongPassword(one: EngineRun): boolean {
  return /Wrong password|encrypted archive/i.test(one.errors) || /Wrong password|encrypted archive/i.test(one.output)
}

/** The directory, with the password that opens it when it is encrypted itself. */
async function list(): Promise<
  | { readonly members: ListedMember[]; readonly password: string | undefined; readonly whole: boolean }
  | { readonly problem: ArchiveProblem }
> {
  // Of a small directory behind a wrong password the engine says nothing at all.
  const hidden = wanted.kind === '7z' && encryptedDirectory(wanted.size, source.read)
  let refused = false
  for (const password of [undefined, ...wanted.passwords]) {
    const listed = await run(['l', '-slt', ...common, passwordOf(password), archivePath])
    if (listed.ok) return { members: readListing(listed.output), password, whole: true }
    if (!hidden && !wrongPassword(listed)) {
      const members = readListing(listed.output)
      return members.length === 0 ? { problem: 'damaged' } : { members, password, whole: false }
    }
    refused = true
  }
  return { problem: refused && wanted.passwords.length > 0 ? 'wrong-password' : 'encrypted' }
}

/** The first password that opens the smallest encrypted member. */
async function choosePassword(members: readonly ListedMember[], known: string | undefined): Promise<string | undefined> {
  const [smallest] = members.filter((one) => one.encrypted && one.size > 0).sort((a, b) => a.size - b.size)
  if (known !== undefined || smallest === undefined) return known
  for (const password of wanted.passwords) {
    const tested = await run(['t', ...common, '-spd', passwordOf(password), archivePath, smallest.path])
    if (tested.ok) return password
  }
  return undefined
}

async function unpack(): Promise<void> {
  const listed = await list()
  if ('problem' in listed) return say({ kind: 'problem', problem: listed.problem })
  const files = listed.members.filter((member) => !member.folder)
  if (files.length > wanted.members)
    return say({ kind: 'problem', problem: 'bomb', detail: `${files.length} members, more than ${wanted.members}` })
  const stated = files.reduce((sum, member) => sum + member.size, 0)
  if (stated > wanted.bytes) return say({ kind: 'problem', problem: 'bomb', detail: `more than ${wanted.bytes} bytes unpacked` })
  if (stated > wanted.ratioFloorBytes && stated > wanted.size * wanted.ratio)
    return say({ kind: 'problem', problem: 'bomb', detail: `more than ${wanted.ratio} times its size unpacked` })
  const password = await choosePassword(files, listed.password)
  const records = new Map<string, number>()
  const failed = new Map<number, MemberFailure>()
  for (const [index, member] of files.entries()) {
    const record = index + 1
    const read = memberPath(member.path)
    if (read.kind === 'unsafe') say({ kind: 'failed', record, why: 'unsafe', detail: read.why })
    else if (member.link) say({ kind: 'failed', record, why: 'link' })
    else if (records.has(read.path))
      say({ kind: 'failed', record, why: 'unsafe', detail: 'its path stands twice in the archive' })
    else records.set(read.path, record)
  }
  await extract({ files, records, password, failed })
  if (!listed.whole) say({ kind: 'problem', problem: 'damaged' })
}

async function extract(of: {
  readonly files: readonly ListedMember[]
  readonly records: ReadonlyMap<string, number>
  readonly password: string | undefined
  readonly failed: Map<number, MemberFailure>
}): Promise<void> {
  const { files, records, password, failed } = of
  const missing = password === undefined
  let open: number | undefined
  let size = 0
  let all = 0
  const started = new Set<number>()
  const stop = (why: MemberFailure): never => {
    if (open !== undefined) failed.set(open, why)
    throw new WriteStopped(why)
  }
  let extracted: EngineRun | undefined
  try {
    extracted = await run(['x', ...common, '-aou', passwordOf(password), `-o${outFolder}`, archivePath], (path, bytes) => {
      const record = records.get(path)
      if (record === undefined) return
      if (record !== open) {
        open = record
        size = 0
        started.add(record)
        say({ kind: 'member', path, record })
      }
      size += bytes.length
      all += bytes.length
      if (all > wanted.bytes) stop('archive')
      if (all > wanted.ratioFloorBytes && all > wanted.size * wanted.ratio) stop('ratio')
      for (let at = 0; at < bytes.length; at += 1_048_576) tell(bytes.subarray(at, at + 1_048_576))
    })
  } catch (error) {
    if (!(error instanceof WriteStopped)) throw error
  }
  const said = extracted === undefined ? '' : `${extracted.output}\n${extracted.errors}`
  for (const [path, record] of records) {
    const member = files[record - 1]
    const why =
      failed.get(record) ??
      (extracted === undefined && !started.has(record) ? 'archive' : failureOf(said, { path, member, missing }))
    if (why !== undefined) say({ kind: 'failed', record, why })
    else if (started.has(record)) say({ kind: 'done', record })
    else if (member?.size === 0) {
      say({ kind: 'member', path, record })
      say({ kind: 'done', record })
    } else say({ kind: 'failed', record, why: 'damaged' })
  }
}

/** What the engine said of one member: `ERROR: Wrong password : a.csv`. */
function failureOf(
  said: string,
  of: { readonly path: string; readonly member: ListedMember | undefined; readonly missing: boolean },
): MemberFailure | undefined {
  const line = said.split('\n').find((one) => one.startsWith('ERROR') && one.endsWith(` : ${of.path}`))
  if (of.member?.encrypted === true && of.missing) return wanted.passwords.length > 0 ? 'wrong-password' : 'encrypted'
  if (line === undefined) return undefined
  return /password/i.test(line) && of.member?.encrypted === true ? 'wrong-password' : 'damaged'
}

try {
  await unpack()
} catch {
  say({ kind: 'problem', problem: 'damaged' })
}
tellEnd()
process.exit(0)
