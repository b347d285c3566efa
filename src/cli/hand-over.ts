import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { caseDesk, caseLedger, type CaseLedger, type Desk } from '../app/index.ts'
import { exitCodes, UserError } from '../base/index.ts'
import { remoteDuties } from './remote-duties.ts'
import { remoteDoing } from './remote-doing.ts'
import { remoteLeaving } from './remote-leaving.ts'
import { remotePlaybooks } from './remote-playbooks.ts'
import { remoteStatements } from './remote-statements.ts'
import { inWorkspace, type CommandContext, type WorkspaceOptions } from './command.ts'

/** The acts of the desk that small commands need, whether done here or by the process that serves. */
export interface Errand {
  readonly actor: string
  cases(): Promise<ReturnType<Desk['cases']>>
  page: Desk['page']
  openCite: Desk['openCite']
  rule: Desk['rule']
  note: Desk['note']
  decide: Desk['decide']
  changeStories: Desk['changeStories']
  lostNext: Desk['lostNext']
  preservation: Desk['preservation']
  recordLoss: Desk['recordLoss']
  share: Desk['share']
  readonly duties: Desk['duties']
  readonly playbooks: Desk['playbooks']
  readonly statements: Desk['statements']
  readonly recommendations: Desk['recommendations']
  readonly requests: Desk['requests']
  readonly atRisk: Desk['atRisk']
  readonly notices: Desk['notices']
  readonly telling: Desk['telling']
  leave: Desk['leave']
  /** What a case holds before it was investigated; only when done here. */
  ledger?(caseId: string): CaseLedger
}

/**
 * Does a small piece of work on a workspace: here, or, when `breachline serve` holds the workspace, through its HTTP API. Any other
 * holder is an error that names it.
 */
export async function onErrand<T>(
  context: CommandContext,
  options: WorkspaceOptions & { readonly command: string },
  work: (errand: Errand) => Promise<T>,
): Promise<T> {
  const serving = servingOf(options.workspace)
  if (serving === undefined) return inWorkspace(context, options, ({ workspace, signer }) => work(local(workspace, signer)))
  try {
    return await inWorkspace(context, options, ({ workspace, signer }) => work(local(workspace, signer)))
  } catch (error) {
    // Who serves acts, so that nobody has to be named.
    if (!(error instanceof UserError) || (error.code !== 'workspace-locked' && error.code !== 'who-acts')) throw error
    const errand = await remote({ serving, locked: error, cancelled: context.signal })
    const who = options.as ?? context.world.env['BREACHLINE_AS']
    if (who !== undefined && who.toLowerCase() !== errand.actor.toLowerCase())
      throw new UserError({
        code: 'who-acts',
        message: `the workspace is served by process ${serving.pid} in the name of ${errand.actor}`,
        hint: `leave out --as to act as ${errand.actor}, or stop that server and run the command again`,
        cause: error,
      })
    return work(errand)
  }
}

function local(workspace: Parameters<typeof caseDesk>[0], signer: Parameters<typeof caseDesk>[1]): Errand {
  const desk = caseDesk(workspace, signer)
  return { ...desk, cases: () => Promise.resolve(desk.cases()), ledger: (id) => caseLedger(workspace, id) }
}

interface Serving {
  readonly pid: number
  readonly port: number
  readonly token: string
}

function servingOf(workspace: string): Serving | undefined {
  const path = join(workspace, 'run', 'serve.json')
  if (!existsSync(path)) return undefined
  try {
    const { pid, port, token } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    return typeof pid === 'number' && typeof port === 'number' && typeof token === 'string' ? { pid, port, token } : undefined
  } catch {
    return undefined
  }
}

/** Lists of those to be told can take minutes. */
const answerWithinMs = 600_000

async function remote(given: { serving: Serving; locked: UserError; cancelled: AbortSignal }): Promise<Errand> {
  const { serving, locked, cancelled } = given
  const call = async <T>(path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${serving.port}/api/cases${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${serving.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.any([cancelled, AbortSignal.timeout(answerWithinMs)]),
    }).catch((cause: unknown) => {
      if (cancelled.aborted) throw cause
      // A note left behind by a server that was killed, while another command holds the lock.
      throw locked
    })
    if (response.ok && response.headers.get('content-type')?.startsWith('text/') === true) return (await response.text()) as T
    const answer = (await response.json().catch(() => ({}))) as T & {
      error?: { code: string; message: string; hint: string }
    }
    if (response.ok) return answer
    const {
      code = 'served-refused',
      message = `the server answered ${response.status}`,
      hint = 'stop it and try again',
    } = answer.error ?? {}
    const exitCode = code === 'internal' ? exitCodes.internal : exitCodes.badInput
    throw new UserError({ code, message, hint, exitCode })
  }
  const of = (id: string): string => `/${encodeURIComponent(id)}`
  type Cases = { cases: ReturnType<Desk['cases']>; actor: string }
  const { actor } = await call<Cases>('')
  return {
    actor,
    cases: async () => (await call<Cases>('')).cases,
    page: (id) => call(of(id)),
    openCite: (id, cite, purpose) => call(`${of(id)}/cite`, { cite, ...(purpose === undefined ? {} : { purpose }) }),
    rule: (id, ruling) => call(`${of(id)}/rulings`, ruling),
    note: (id, note) => call(`${of(id)}/notes`, note),
    decide: (id, { moment, ...rest }) =>
      call(`${of(id)}/decisions`, { ...rest, ...(moment === undefined ? {} : { moment: moment.at }) }),
    changeStories: (id, asked) => call(`${of(id)}/story-changes`, asked),
    lostNext: (id, period = {}) => call(`${of(id)}/lost-next?${new URLSearchParams({ ...period }).toString()}`),
    preservation: (id, request) => call(`${of(id)}/preservation`, request),
    recordLoss: (id, loss) => call(`${of(id)}/losses`, loss),
    share: (id, asked) => call(`${of(id)}/share`, asked),
    duties: remoteDuties(call),
    playbooks: remotePlaybooks(call),
    statements: remoteStatements(call),
    ...remoteDoing(call),
    ...remoteLeaving(call),
  }
}

/** A small piece of work on one case: the one named with `--case`, or the only one there is. */
export function inErrand<T>(
  context: CommandContext,
  command: string,
  options: WorkspaceOptions & { readonly case?: string },
  work: (errand: Errand, caseId: string) => Promise<T>,
): Promise<T> {
  return onErrand(context, { ...options, command }, async (errand) => work(errand, await caseMeant(errand, options.case)))
}

/** The case meant: the one named, or the only one there is. */
export async function caseMeant(errand: Pick<Errand, 'cases'>, id: string | undefined): Promise<string> {
  return onlyCase(
    (await errand.cases()).map((one) => one.id),
    id,
  )
}

/** The same over ids. */
export function onlyCase(ids: readonly string[], id: string | undefined): string {
  if (id !== undefined) return id
  const [only] = ids
  if (only !== undefined && ids.length === 1) return only
  throw new UserError({
    code: 'usage',
    message: ids.length === 0 ? 'this workspace has no case' : `this workspace has ${ids.length} cases and none is named`,
    hint:
      ids.length === 0
        ? 'start with "breachline investigate FOLDER", or name the folder with --workspace DIR'
        : `name one: ${ids.join(', ')}`,
    exitCode: exitCodes.usage,
  })
}
