import {
  answerRequest,
  decideItems,
  deskState,
  openDisclosureDesk,
  readRecordMap,
  receiveRequest,
  type DeskState,
} from '../../app/index.ts'
import { given, group, needed, numbers, usage, withExamples } from '../arguments.ts'
import { collected, inWorkspace, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { columns, counted, oneLine } from '../layout.ts'
import { printJson } from '../terminal.ts'
import { writeOut } from '../write-out.ts'

interface Options extends WorkspaceOptions {
  readonly of?: string
  readonly reason?: string
  readonly withoutOrder?: boolean
  readonly out?: string
  readonly json?: boolean
}

/** `disclosure open|receive|list|release|withhold|answer`: the desk, in a workspace of its own. */
export const registerDisclosureDesk: Register = (program, context) => {
  const disclosure = group(
    program,
    'disclosure',
    'lawful orders stay with a disclosure desk, which releases what analysts may see',
  )
  const open = withWorkspace(disclosure.command('open'))
    .description('desk: make its workspace, and the card by which analysts know it')
    .argument('<name>', 'name of the desk')
    .option('--person <name>', 'a further person who may release, with a key on this machine; repeatable', collected, [])
    .option('--card <file>', 'write the card there instead of to stdout')
    .option('--json', '{card, fingerprint} as one JSON document')
    .action(async (name: string, options: Options & { person: readonly string[]; card?: string }) => {
      const made = await inWorkspace(context, { ...options, command: 'disclosure open' }, ({ workspace, signer }) =>
        openDisclosureDesk({ workspace, signer, name, persons: options.person }),
      )
      if (options.json === true) return printJson(context.terminal, made)
      writeOut(context, { text: `${JSON.stringify(made.card, undefined, 2)}\n`, ...given('file', options.card) })
      context.terminal.err(`fingerprint ${made.fingerprint}\n`)
    })
  withExamples(
    open,
    ['disclosure open "Disclosure desk" --workspace /desk/data --as "Farah Idris" --card desk.json'],
    'No other command works in this workspace, and no order is read in another one. Best on a machine of its own.',
  )
  const receive = withWorkspace(disclosure.command('receive'))
    .description('desk: take in a request and join it with registers of orders, which are read and not kept')
    .argument('<parcel>', 'the request of the analysts')
    .option('--orders <file>', 'register of orders (CSV, workbook, JSON lines), repeatable', collected, [])
    .option('--map <file>', 'JSON or TOML of our column name to theirs: target, reference, authority, from, to')
    .option('--zone <zone>', 'zone of times that state none, such as +08:00')
    .option('--json', 'the request with its items as one JSON document')
    .action(async (parcel: string, options: Options & { orders: readonly string[]; map?: string; zone?: string }) => {
      if (options.orders.length === 0)
        throw usage('--orders is missing', 'give the registers in force: disclosure receive request.parcel --orders orders.csv')
      const state = await inWorkspace(context, { ...options, command: 'disclosure receive' }, ({ workspace, signer }) =>
        receiveRequest({
          workspace,
          signer,
          parcel,
          orders: options.orders,
          ...given('map', options.map === undefined ? undefined : readRecordMap(options.map)),
          ...given('zone', options.zone),
        }),
      )
      for (const one of state.unreadable) context.terminal.err(`${oneLine(one)}\n`)
      if (options.json === true) return printJson(context.terminal, state)
      context.terminal.out(
        `from ${oneLine(state.by)} (key ${state.fingerprint.slice(0, 16)}), joined with ${counted(state.orders, 'order')}\n`,
      )
      print(context, state)
    })
  withExamples(receive, ['disclosure receive request.parcel --orders orders.csv --workspace /desk/data'])
  const list = atDesk(disclosure.command('list'))
    .description('desk: items of the newest request, with the orders that name them and what was decided')
    .action(async (options: Options) =>
      show(
        context,
        options,
        await inWorkspace(context, { ...options, command: 'disclosure list' }, ({ workspace }) =>
          Promise.resolve(deskState({ workspace, ...given('of', options.of) })),
        ),
      ),
    )
  withExamples(list, ['disclosure list --workspace /desk/data'])
  for (const [word, kind, about] of [
    ['release', 'released', 'analysts may see these items and their rows'],
    ['withhold', 'withheld', 'to analysts these items look like explained ones'],
  ] as const) {
    const act = atDesk(disclosure.command(word))
      .description(`desk: ${about}; in your name`)
      .argument('[items]', 'numbers of items, such as 3,5-7')
      .option('--reason <text>', 'why, in a sentence; kept with the decision')
    if (word === 'release') act.option('--without-order', 'every item that no order names and nobody decided about')
    act.action(async (items: string | undefined, options: Options) => {
      if ((items === undefined) === (options.withoutOrder !== true))
        throw usage('say which items', `write: breachline disclosure ${word} 3,5-7 --reason TEXT`)
      const reason = needed(options.reason, '--reason', 'say why in a sentence: it is kept with the decision')
      show(
        context,
        options,
        await inWorkspace(context, { ...options, command: `disclosure ${word}` }, ({ workspace, signer }) =>
          Promise.resolve(
            decideItems({
              workspace,
              signer,
              kind,
              reason,
              numbers: items === undefined ? undefined : numbers(items, 'the items'),
              ...given('of', options.of),
            }),
          ),
        ),
      )
    })
    withExamples(
      act,
      word === 'release'
        ? [
            'disclosure release 4 --reason "order ended before the reads" --workspace /desk/data',
            'disclosure release --without-order --reason "no order in force" --workspace /desk/data',
          ]
        : ['disclosure withhold 3 --reason "order in force; the authority is told" --workspace /desk/data'],
    )
  }
  const answer = atDesk(disclosure.command('answer'))
    .description('desk: the sealed answer for the analysts, once every item is decided')
    .option('--out <file>', 'write it there instead of to stdout')
    .action(async (options: Options) => {
      const made = await inWorkspace(context, { ...options, command: 'disclosure answer' }, ({ workspace, signer }) =>
        answerRequest({ workspace, signer, ...given('of', options.of) }),
      )
      if (options.json === true) return printJson(context.terminal, made)
      writeOut(context, { text: made.parcel, ...given('file', options.out) })
    })
  withExamples(
    answer,
    ['disclosure answer --out answer.parcel --workspace /desk/data'],
    'It holds what was released among invented pseudonyms: how many items were withheld cannot be counted from it.',
  )
}

function atDesk(command: ReturnType<Parameters<Register>[0]['command']>): typeof command {
  return withWorkspace(command)
    .option('--of <workspace>', 'id of the workspace that asked; the newest request without it')
    .option('--json', 'one JSON document')
}

function show(context: CommandContext, options: Options, state: DeskState): void {
  if (options.json === true) return printJson(context.terminal, state)
  print(context, state)
}

function print({ terminal }: CommandContext, state: DeskState): void {
  terminal.out(`request ${state.request} of workspace ${state.workspace}\n`)
  const rows = state.items.map((one) => [
    `  ${one.n}`,
    one.token.slice(0, 12),
    one.flagged === undefined ? 'not flagged' : one.flagged.tests.join(' '),
    one.flagged === undefined || one.flagged.days === 0 ? '' : `${one.flagged.days} / ${one.flagged.explainedDays}`,
    one.flagged?.accounts.slice(0, 6).join(' ') ?? '',
    one.orders
      .map((order) =>
        oneLine(
          [order.reference, order.authority, `${order.from.slice(0, 10)}..${order.to.slice(0, 10)}`]
            .filter((part) => part !== '')
            .join(' '),
        ),
      )
      .join('; ') || 'none',
    one.decision === undefined ? 'OPEN' : `${one.decision.kind} by ${one.decision.by}`,
  ])
  if (rows.length > 0)
    terminal.out(
      `${columns([['  item', 'token', 'tests', 'days without / with reason', 'accounts', 'orders', 'decision'], ...rows], 1_000)}\n`,
    )
  terminal.out(
    `${counted(state.others.count, 'further item')} that no order names and no test flags yet, ${state.others.released} released\n${state.open.length === 0 ? 'every item is decided' : `${counted(state.open.length, 'decision')} open`}\n`,
  )
}
