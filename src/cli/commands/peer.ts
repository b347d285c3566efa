import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { actingPerson, addPeer, removePeer, reportedSightings, sharePeers, type Workspace } from '../../app/index.ts'
import { UserError } from '../../base/index.ts'
import { group, withExamples } from '../arguments.ts'
import { withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { columns, oneLine } from '../layout.ts'
import { printJson } from '../terminal.ts'

/** A sighting as it was taken: its form was checked when it came. */
interface Sighting {
  readonly sighting_of_ref: string
  readonly count?: number
  readonly first_seen?: string
}

type Options = WorkspaceOptions & { readonly json?: boolean }

/** `peer add|list|remove|sightings`: who may fetch what was published, and what they reported. */
export const registerPeer: Register = (program, context) => {
  const peer = group(program, 'peer', 'other operators: who may fetch what was published, and what they saw of it')
  const add = withWorkspace(peer.command('add'))
    .description('let an operator in; prints the token once')
    .argument('<name>', 'what the operator is called')
    .option('--json', '{peer, token} as one JSON document')
    .action((name: string, options: Options) => {
      const token = addPeer(shelfPlace(context, options), name, actingPerson(context.world, options.as).name)
      if (options.json === true) return printJson(context.terminal, { peer: name, token })
      context.terminal.out(
        `token of ${oneLine(name)}: ${token}\n  shown once; hand it over on another channel than the address\n`,
      )
    })
  withExamples(add, ['peer add "Straits Mobile"'])
  const list = withWorkspace(peer.command('list'))
    .description('operators that have a token')
    .option('--json', 'as one JSON document')
    .action((options: Options) => {
      const peers = sharePeers(shelfPlace(context, options))
      if (options.json === true) return printJson(context.terminal, { peers })
      const rows = peers.map((one) => [one.name, one.at.slice(0, 16), one.by].map(oneLine))
      context.terminal.out(
        rows.length === 0 ? 'no peer has a token\n' : `${columns([['peer', 'since', 'let in by'], ...rows], 1_000)}\n`,
      )
    })
  withExamples(list, ['peer list'])
  const remove = withWorkspace(peer.command('remove'))
    .description('take the token of an operator away')
    .argument('<name>', 'the operator')
    .option('--json', '{peer, removed} as one JSON document')
    .action((name: string, options: Options) => {
      const removed = removePeer(shelfPlace(context, options), name)
      if (!removed)
        throw new UserError({
          code: 'peer-unknown',
          message: `no peer "${name}" has a token`,
          hint: 'see "breachline peer list"',
        })
      if (options.json === true) return printJson(context.terminal, { peer: name, removed: true })
      context.terminal.out(`the token of ${oneLine(name)} is void\n`)
    })
  withExamples(remove, ['peer remove "Straits Mobile"'])
  const sightings = withWorkspace(peer.command('sightings'))
    .description('what peers reported they saw of what was published')
    .option('--json', 'STIX sightings as one JSON document')
    .action((options: Options) => {
      const told = reportedSightings(shelfPlace(context, options))
      const reported = told.map((one) => ({
        peer: one.peer,
        reported: one.added,
        sighting: JSON.parse(one.body) as Sighting,
      }))
      if (options.json === true) return printJson(context.terminal, { sightings: reported })
      const rows = reported.map(({ peer: name, reported: when, sighting }) =>
        [name, when.slice(0, 16), sighting.sighting_of_ref, String(sighting.count ?? ''), sighting.first_seen ?? ''].map(oneLine),
      )
      context.terminal.out(
        rows.length === 0
          ? 'no sighting was reported\n'
          : `${columns([['peer', 'reported', 'object', 'records', 'first seen'], ...rows], 1_000)}\n`,
      )
    })
  withExamples(
    sightings,
    ['peer sightings', 'peer sightings --json'],
    'A sighting says that an object was seen, how often and when; never where.',
  )
}

/** Where a workspace keeps what it shares. Nothing is held: peers come and go while `serve` runs. */
function shelfPlace({ world }: CommandContext, options: Options): Pick<Workspace, 'path' | 'world'> {
  const directory = resolve(options.workspace)
  if (!existsSync(directory))
    throw new UserError({
      code: 'no-such-path',
      message: `${options.workspace} does not exist`,
      hint: 'name the workspace with --workspace DIR',
    })
  return { world, path: (...parts) => join(directory, ...parts) }
}
