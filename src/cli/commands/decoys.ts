import { changeDecoys, planDecoys, type DecoyPlan, type DecoySegment } from '../../app/index.ts'
import { group, positiveNumber, usage, withExamples } from '../arguments.ts'
import { collected, inWorkspace, withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { columns, counted, oneLine } from '../layout.ts'
import { printJson, type Terminal } from '../terminal.ts'

interface Options extends WorkspaceOptions {
  readonly country?: string
  readonly json?: boolean
}

/** `decoys add|remove|plan`: numbers the operator owns and nobody has a reason to read. */
export const registerDecoys: Register = (program, context) => {
  const decoys = group(
    program,
    'decoys',
    'decoy subscribers: owned numbers that nobody has a reason to read; any read is an alarm',
  )
  for (const change of ['add', 'remove'] as const) {
    const command = withWorkspace(decoys.command(change))
      .description(
        change === 'add' ? 'add the owned numbers of a file; only tokens are kept' : 'take the numbers of a file from the decoys',
      )
      .argument('<file>', 'one telephone number, IMSI, address or contract number a line')
      .option('--country <code>', 'country of telephone numbers written the national way, such as MY')
      .option('--json', '{changed, tokens} as one JSON document')
      .action(async (file: string, options: Options) => {
        const done = await inWorkspace(context, { ...options, command: `decoys ${change}` }, ({ workspace, signer }) =>
          changeDecoys({ workspace, signer, file, country: options.country ?? '', change }),
        )
        if (options.json === true) return printJson(context.terminal, done)
        context.terminal.out(
          `${counted(done.changed, 'identifier')} ${change === 'add' ? 'added' : 'removed'}, ${done.tokens} kept as tokens\n`,
        )
      })
    withExamples(
      command,
      [`decoys ${change} decoys.txt --country MY`],
      change === 'add'
        ? 'The next review of access logs tells every read of them, whatever reason was recorded. Keep the file elsewhere.'
        : '',
    )
  }
  const plan = decoys
    .command('plan')
    .description('where decoys are worth planting, and how many')
    .option('--segment <name=size>', 'a part of the base that an actor may choose from, repeatable: vip=4000', collected, [])
    .option('--reads <k>', 'how many subscribers of a segment the actor reads', '20')
    .option('--probability <p>', 'probability that a decoy is among them', '0.9')
    .option('--affordable <m>', 'decoys that can be kept up in one segment', '1000')
    .option('--json', '{probability, segments, formula} as one JSON document')
    .action((options: { segment: readonly string[]; reads: string; probability: string; affordable: string; json?: boolean }) => {
      const reads = positiveNumber(options.reads, '--reads') ?? 20
      const affordable = positiveNumber(options.affordable, '--affordable') ?? 1_000
      const probability = Number(options.probability)
      if (!(probability > 0 && probability < 1))
        throw usage(`--probability "${options.probability}" is no probability`, 'give a number between 0 and 1, such as 0.9')
      if (options.segment.length === 0)
        throw usage(
          '--segment is missing',
          'name the parts an actor may choose from: decoys plan --segment vip=4000 --segment all=10000000',
        )
      const made = planDecoys({ probability, affordable, segments: options.segment.map((text) => segmentOf(text, reads)) })
      if (options.json === true) return printJson(context.terminal, made)
      print(context.terminal, made, affordable)
    })
  withExamples(
    plan,
    [
      'decoys plan --segment all=10000000 --segment corporate=60000 --segment persons-of-interest=400 --reads 20',
      'decoys plan --segment crm-export=10000000:100000 --probability 0.99 --json',
    ],
    `A segment may state its own number of reads (NAME=SIZE:READS). An actor who reads k of N subscribers at random reads one of m decoys with
probability 1 - C(N - m, k) / C(N, k). Whoever reads only persons known beforehand reads no decoy, however many there are.`,
  )
}

function segmentOf(text: string, reads: number): DecoySegment {
  const [, name = '', size = '', own] = /^(.{1,80})=(\d{1,12})(?::(\d{1,12}))?$/.exec(text) ?? []
  const segment = { name, size: Number(size), reads: own === undefined ? reads : Number(own) }
  if (name === '' || segment.size === 0 || segment.reads === 0 || segment.reads > segment.size)
    throw usage(
      `--segment "${text}" is not NAME=SIZE`,
      'write vip=4000, or with its own reads vip=4000:50, no more reads than subscribers',
    )
  return segment
}

function print(terminal: Terminal, made: DecoyPlan, affordable: number): void {
  const rows = made.segments.map((one) => [
    `  ${oneLine(one.name)}`,
    String(one.size),
    String(one.reads),
    String(one.decoys),
    `${(one.share * 100).toPrecision(2)} %`,
    one.reached.toFixed(3),
    one.affordable.toPrecision(2),
    one.advice,
  ])
  terminal.out(
    `${columns([['  segment', 'subscribers', 'read of them', 'decoys', 'share', 'probability', `with ${affordable}`, ''], ...rows], 1_000)}\n`,
  )
  terminal.out(
    `${made.formula}\nSpread evenly over the range of numbers, one in k, a run of k consecutive numbers meets one for certain.\n`,
  )
}
