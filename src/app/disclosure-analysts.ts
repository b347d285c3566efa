import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { UserError } from '../base/index.ts'
import {
  fingerprintOfBox,
  keepReleased,
  nameDesk,
  namedDesk,
  openAnswer,
  publicOf,
  readCard,
  sealRequest,
  type DeskCard,
} from '../disclosure/index.ts'
import type { Signer } from '../evidence/index.ts'
import { workspaceBox } from './box-key.ts'
import { withDiscretion, type Discretion } from './discretion.ts'
import { workspaceTokenKey } from './keys.ts'
import type { AskedRelease } from './released-review.ts'
import { recordAct } from './workspace-custody.ts'
import { workspaceId } from './workspace-id.ts'
import type { Workspace } from './workspace.ts'

/** Names the desk of an ordinary workspace, by its card. From then on reviews show nothing flagged that it has not released. */
export function nameDisclosureDesk(options: { readonly workspace: Workspace; readonly signer: Signer; readonly card: string }): {
  readonly name: string
  readonly box: string
  readonly persons: readonly string[]
} {
  const { workspace, signer } = options
  const card = readCard(readFileSync(options.card, 'utf8'))
  withDiscretion(workspace, (db) => nameDesk(db, card, workspace.world.now()))
  const named = { name: card.name, box: fingerprintOfBox(card.box), persons: card.persons.map((one) => one.name) }
  recordAct(workspace, { act: 'desk-named', by: signer, detail: named })
  return named
}

/** Where the newest request of a review waits; `of` is the case, or `files`. */
function requestPath(workspace: Pick<Workspace, 'path'>, of: string): string {
  return workspace.path('disclosure', `${of}.parcel`)
}

/** Writes what the desk is asked, sealed for it. One is written after every review, whatever was found, and all are of one length. */
export async function writeReleaseRequest(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly discretion: Discretion
  readonly asked: AskedRelease
  readonly of: string
  readonly country: string
}): Promise<void> {
  const { workspace, signer, asked } = options
  const { desk } = options.discretion
  if (desk === undefined) return
  const id = workspaceId(workspace)
  const sealed = await sealRequest(
    {
      workspace: id,
      tokenKey: Buffer.from(workspaceTokenKey(workspace.world, id).bytes).toString('hex'),
      replyTo: await publicOf(await workspaceBox(workspace)),
      country: options.country,
      from: asked.from,
      to: asked.to,
      flagged: [...asked.flagged],
      others: [...asked.others],
    },
    { box: desk.box, by: signer },
  )
  const path = requestPath(workspace, options.of)
  mkdirSync(workspace.path('disclosure'), { recursive: true, mode: 0o700 })
  writeFileSync(`${path}.part`, sealed, { mode: 0o600 })
  renameSync(`${path}.part`, path)
}

/** Gives out the newest request for the desk and records that it was. */
export function handOverRequest(options: { readonly workspace: Workspace; readonly signer: Signer; readonly of: string }): {
  readonly parcel: string
  readonly desk: string
} {
  const { workspace, signer, of } = options
  const desk = deskOf(workspace)
  const path = requestPath(workspace, of)
  if (!existsSync(path))
    throw new UserError({
      code: 'nothing-to-hand-over',
      message:
        of === 'files'
          ? 'no files have been reviewed since the desk was named'
          : `the case "${of}" has not been reviewed since the desk was named`,
      hint: 'review the logs first: breachline lookups FILE... or breachline investigate FOLDER',
    })
  recordAct(workspace, { act: 'handed-to-desk', by: signer, detail: { desk: desk.name, of } })
  return { parcel: readFileSync(path, 'utf8'), desk: desk.name }
}

/** Takes the desk's answer in. Neither what is given back nor what is recorded says how many items it releases. */
export async function acceptAnswer(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly file: string
}): Promise<{
  readonly desk: string
  readonly by: string
  readonly at: string
}> {
  const { workspace, signer } = options
  const desk = deskOf(workspace)
  const answer = await openAnswer(await workspaceBox(workspace), readFileSync(options.file, 'utf8'), desk)
  if (answer.workspace !== workspaceId(workspace))
    throw new UserError({
      code: 'parcel-not-ours',
      message: 'the answer is for another workspace',
      hint: 'ask the desk for the answer to the request of this workspace',
    })
  withDiscretion(workspace, (db) => keepReleased(db, answer.released))
  const accepted = { desk: desk.name, by: answer.by.name, at: answer.at }
  recordAct(workspace, { act: 'desk-answer-accepted', by: signer, detail: accepted })
  return accepted
}

function deskOf(workspace: Workspace): DeskCard {
  const desk = withDiscretion(workspace, namedDesk)
  if (desk !== undefined) return desk
  throw new UserError({
    code: 'no-desk',
    message: 'this workspace has no disclosure desk',
    hint: 'name it by its card: breachline disclosure name-desk desk.json',
  })
}
