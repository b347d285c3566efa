import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ByteSource } from '../../src/base/index.ts'
import { run, scratch } from '../cli/fake.ts'
import { base, smallOperator } from '../lookups/case.ts'

/** Runs a command that must succeed. */
export async function done(home: string, args: readonly string[], now?: string): Promise<{ out: string; err: string }> {
  const { code, out, err } = await run(args, home, now)
  if (code !== 0) throw new Error(`breachline ${args.join(' ')} ended with ${code}: ${err}`)
  return { out, err }
}

/** The files of an invented operator with six covert accounts and `planted` targets; the first target has an order. */
export async function operatorFiles(
  folder: string,
  planted = 3,
): Promise<{ readonly target: string; readonly targets: readonly string[] }> {
  const { audit, reasons, targets } = smallOperator({ seed: 11, planted })
  const target = targets[0] ?? ''
  const text = async (source: ByteSource): Promise<string> => Buffer.from(await source.slice(0, source.size)).toString()
  const write = (name: string, content: string): void => {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  for (const one of audit) write(one.source.name, await text(one.source))
  const contacts = reasons[0] === undefined ? '' : await text(reasons[0].source)
  // Tickets of ordinary contacts for every read of the target; in the other file, as many for somebody whom nobody read, so that both have one length.
  const log = readFileSync(join(folder, 'audit/cdr.log'), 'utf8').split(/\n(?=2026-)/)
  const reads = log.filter((entry) => entry.includes(target)).map((entry) => `${entry.slice(0, 19).replace(' ', 'T')}+08:00`)
  const crm = readFileSync(join(folder, 'audit/crm.csv'), 'utf8')
    .split('\n')
    .filter((row) => row.includes(`,${target},`))
    .map((row) => row.slice(0, 25))
  const tickets = (of: string): string => [...reads, ...crm].map((at) => `${of},${at},customer,,,T-late\n`).join('')
  write('ticketed/contacts.csv', contacts + tickets(target))
  write('explain/contacts.csv', contacts + tickets(`+6012${'9'.repeat(target.length - 5)}`))
  write(
    'orders.csv',
    `warrant_no,target_msisdn,issuing_authority,valid_from,valid_to\nW-1,${target},Court of Meridian,2025-12-01,2026-06-30\nW-2,+60129999999,Court of Meridian,2026-01-01,2026-03-01\n`,
  )
  return { target, targets }
}

/** Two persons with keys, a desk with its card, and an analysts' workspace that has named it; all under one folder. */
export async function deskAndAnalysts(): Promise<{ home: string; desk: string; card: string; workspace: string }> {
  const home = scratch()
  await done(home, ['key', 'new', 'Aisha Rahman', '--role', 'analyst'])
  await done(home, ['key', 'new', 'Farah Idris', '--role', 'disclosure'])
  const [desk, card, workspace] = [join(home, 'desk'), join(home, 'desk.json'), join(home, 'workspace')]
  await done(home, ['disclosure', 'open', 'Disclosure desk', '--workspace', desk, '--as', 'Farah Idris', '--card', card])
  mkdirSync(workspace)
  writeFileSync(join(workspace, 'workspace-id'), '0f0e0d0c-0b0a-4908-8706-050403020100\n')
  await done(home, ['disclosure', 'name-desk', card, '--workspace', workspace, '--as', 'Aisha Rahman'])
  return { home, desk, card, workspace }
}

/** A copy of a workspace or desk, so that two runs begin alike. */
export function twin(path: string, name: string): string {
  const copy = `${path}-${name}`
  cpSync(path, copy, { recursive: true })
  return copy
}

/** What one review of the operator's files shows; `--json` with its faults. */
export function reviewArgs(options: {
  readonly folder: string
  readonly contacts: string
  readonly workspace: string
}): string[] {
  const { folder, contacts, workspace } = options
  return [
    'lookups',
    join(folder, 'audit/crm.csv'),
    join(folder, 'audit/cdr.log'),
    '--explanations',
    contacts,
    '--base',
    String(base),
    '--country',
    'MY',
    '--zone',
    '+08:00',
    '--workspace',
    workspace,
    '--as',
    'Aisha Rahman',
    '--json',
  ]
}
