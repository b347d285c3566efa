import { actingPerson, caseDesk, caseLedger, soleKeyHolder } from '../app/index.ts'
import { exitCodes, UserError, type Watch } from '../base/index.ts'
import { sameName } from '../evidence/index.ts'
import { inWorkspace, type CommandContext, type WorkspaceOptions } from './command.ts'
import type { Errand } from './errand.ts'
import { remoteErrand } from './remote.ts'
import { actingAs, servedBy, servingOf } from './served.ts'
import { watching } from './watching.ts'

/**
 * Does a piece of work on a workspace: here, or, when `breachline serve` holds the workspace, through its HTTP API. Who acts there is the person named or
 * the only one with a key here, with their own key; else the person who serves. Any other holder is an error that names it.
 */
export async function onErrand<T>(
  context: CommandContext,
  options: WorkspaceOptions & { readonly command: string },
  work: (errand: Errand, watch: Watch) => Promise<T>,
): Promise<T> {
  const here = (): Promise<T> =>
    inWorkspace(context, options, ({ workspace, signer, watch }) => work(local(workspace, signer), watch))
  const serving = servingOf(options.workspace)
  if (serving === undefined) return here()
  const { world, cwd } = context
  const name = options.as ?? world.env['BREACHLINE_AS'] ?? soleKeyHolder(world)
  try {
    return await here()
  } catch (error) {
    // Who serves acts, so that nobody has to be named.
    if (!(error instanceof UserError) || (error.code !== 'workspace-locked' && error.code !== 'who-acts')) throw error
    const to = { serving, locked: error, cancelled: context.signal }
    return watching(context, async (watch) => {
      const errand = await remoteErrand(servedBy(to), cwd)
      const signer = name === undefined ? undefined : actingPerson(world, name)
      const serves = signer?.fingerprint === errand.key && sameName(signer.name, errand.actor)
      if (signer === undefined || serves) return work(errand, watch)
      return actingAs({ ...to, signer, now: world.now }, async (served) => work(await remoteErrand(served, cwd), watch))
    })
  }
}

function local(workspace: Parameters<typeof caseDesk>[0], signer: Parameters<typeof caseDesk>[1]): Errand {
  const desk = caseDesk(workspace, signer)
  return { ...desk, cases: () => Promise.resolve(desk.cases()), ledger: (id) => caseLedger(workspace, id) }
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
