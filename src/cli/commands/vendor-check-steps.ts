import type { Command } from 'commander'
import {
  answerVendorQuestion,
  askVendor,
  commitVendorSet,
  readRecordMap,
  readVendorAnswer,
  type VendorAnswer,
} from '../../app/index.ts'
import { given, needed, wholeNumber, withExamples } from '../arguments.ts'
import { inWorkspace, withWorkspace, type CommandContext, type WorkspaceOptions } from '../command.ts'
import { counted } from '../layout.ts'
import { printJson } from '../terminal.ts'
import { watching } from '../watching.ts'

interface Common {
  readonly out?: string
  readonly json?: boolean
}

interface CommitOptions extends Common {
  readonly file?: string
  readonly seedFile?: string
  readonly case?: string
  readonly item: string
  readonly columns?: string
  readonly country?: string
  readonly rowsOrder?: string
}

interface AskOptions extends WorkspaceOptions, Common {
  readonly case?: string
  readonly sample?: string
  readonly commitment?: string
  readonly handed?: string
  readonly never?: string
  readonly controls: string
  readonly columns?: string
  readonly country?: string
  readonly rowsOrder?: string
}

interface AnswerOptions extends Common {
  readonly ask?: string
  readonly seedFile?: string
  readonly limit?: string
  readonly another?: string
}

interface ReadOptions extends WorkspaceOptions, Common {
  readonly answer?: string
  readonly set?: string
}

/** `vendor-check commit`. */
export function commit(all: Command, context: CommandContext): void {
  const command = withTable(all.command('commit'))
    .description("the vendor's first step: evaluate the own table and commit to the result")
    .option('--file <table>', 'the table of records held for the operator: CSV, JSON lines or SQL dump')
    .option('--seed-file <file>', 'the secret seed, made when there is none; keep it and the ledger beside it')
    .option('--case <id>', 'name of the case as agreed with the operator')
    .option('--item <kinds>', 'what is compared: two or more kinds joined by +', 'msisdn+iccid')
    .option(
      '--rows-order <text>',
      'the order or agreement by which the operator may learn which rows; without it the count alone',
    )
    .option('--out <dir>', 'folder for commitment.json and set.bin')
    .option('--json', '{commitment, files} as one JSON document')
    .action(async (options: CommitOptions) => {
      const hint = 'see "breachline vendor-check commit --help" for an example'
      const done = await watching(context, (watch) =>
        commitVendorSet(
          context.world,
          {
            file: needed(options.file, '--file', hint),
            seedFile: needed(options.seedFile, '--seed-file', hint),
            case: needed(options.case, '--case', hint),
            out: needed(options.out, '--out', hint),
            item: options.item,
            ...columnsOf(options.columns),
            ...given('country', options.country),
            ...given('order', options.rowsOrder),
          },
          watch,
        ),
      )
      if (options.json === true) return printJson(context.terminal, done)
      const { commitment, files } = done
      context.terminal.out(
        [
          `${counted(commitment.rows, 'row')}, ${counted(commitment.incomplete, 'row')} without ${commitment.item.replaceAll('+', ' or ')}, ${counted(commitment.tokens, 'token')}`,
          ...files.map((file) => `written: ${file}`),
          `Send commitment.json to the operator now. Its id is ${commitment.id}; read it out over the telephone.`,
          'Keep set.bin, the seed file and its ledger. When ask.json comes: breachline vendor-check answer --ask ask.json --seed-file FILE --out answer.json',
          '',
        ].join('\n'),
      )
    })
  withExamples(
    command,
    [
      'vendor-check commit --file customers.csv --seed-file vendor.seed --case meridian-2026-10 --out check',
      'vendor-check commit --file customers.csv --columns columns.json --item msisdn+name --country MY --seed-file vendor.seed --case meridian-2026-10 --out check',
    ],
    'Pairs are compared, not numbers alone: every telephone number there is can be tried one by one, a pair of number and card cannot.\nA stopped run goes on where it was.',
  )
}

/** `vendor-check ask`. */
export function ask(all: Command, context: CommandContext): void {
  const command = withTable(withWorkspace(all.command('ask')))
    .description("the operator's question: the sample and blind controls, blinded")
    .option('--case <id>', 'name of the case as agreed with the vendor')
    .option('--sample <file>', 'the sample')
    .option('--commitment <file>', "the vendor's commitment.json")
    .option('--handed <file>', 'rows known to have been handed to the vendor: controls that should be found')
    .option('--never <file>', 'rows nobody was given: controls that should not be found; made by recombining rows when absent')
    .option('--controls <n>', 'controls of each sort at most', '60')
    .option('--rows-order <text>', 'the order by which rows may be told, word for word as in the commitment')
    .option('--out <file>', 'the question to be sent', 'ask.json')
    .option('--json', '{ask, items, sizes, file} as one JSON document')
    .action(async (options: AskOptions) => {
      const hint = 'see "breachline vendor-check ask --help" for an example'
      const out = options.out ?? 'ask.json'
      const question = await inWorkspace(context, { ...options, command: 'vendor-check ask' }, (open) =>
        askVendor(open, {
          case: needed(options.case, '--case', hint),
          sample: needed(options.sample, '--sample', hint),
          commitment: needed(options.commitment, '--commitment', hint),
          handed: needed(options.handed, '--handed', 'controls are needed: give rows that were handed to the vendor'),
          controls: wholeNumber(options.controls, '--controls'),
          out,
          ...given('never', options.never),
          ...columnsOf(options.columns),
          ...given('country', options.country),
          ...given('order', options.rowsOrder),
        }),
      )
      const { id, sizes, elements } = question
      if (options.json === true) return printJson(context.terminal, { ask: id, items: elements.length, sizes, file: out })
      context.terminal.out(
        `${counted(sizes.sample, 'item')} of the sample, ${sizes.handed} controls that should be found, ${sizes.never} that should not; shuffled and blinded\nwritten: ${out}\nSend it to the vendor. What opens the answer stays in this workspace.\nWhen answer.json and set.bin come: breachline vendor-check read --answer answer.json --set set.bin\n`,
      )
    })
  withExamples(
    command,
    [
      'vendor-check ask --case meridian-2026-10 --sample sample.csv --commitment commitment.json --handed handed-over.csv --out ask.json',
      'vendor-check ask --case meridian-2026-10 --sample sample.csv --columns columns.json --commitment commitment.json --handed handed-over.csv --never unused.csv',
    ],
    'The question holds no value of any person, and the vendor cannot tell which items are controls.',
  )
}

/** `vendor-check answer`. */
export function answer(all: Command, context: CommandContext): void {
  const command = all
    .command('answer')
    .description("the vendor's second step: evaluate the question and prove it was done with the committed key")
    .option('--ask <file>', "the operator's ask.json")
    .option('--seed-file <file>', 'the seed of the commitment; its ledger is kept beside it')
    .option('--out <file>', 'the answer to be sent', 'answer.json')
    .option('--limit <n>', 'items answered per case, all questions together; 20000 when absent')
    .option('--another <reason>', 'answer a second, different question of the case; the reason is written down')
    .option('--json', '{answer, items, file} as one JSON document')
    .action(async (options: AnswerOptions) => {
      const hint = 'see "breachline vendor-check answer --help" for an example'
      const out = options.out ?? 'answer.json'
      const done = await watching(context, (watch) =>
        answerVendorQuestion(
          context.world,
          {
            ask: needed(options.ask, '--ask', hint),
            seedFile: needed(options.seedFile, '--seed-file', hint),
            out,
            ...given('limit', options.limit === undefined ? undefined : wholeNumber(options.limit, '--limit')),
            ...given('because', options.another),
          },
          watch,
        ),
      )
      if (options.json === true) return printJson(context.terminal, { answer: done.id, items: done.elements.length, file: out })
      context.terminal.out(
        `${counted(done.elements.length, 'item')} answered\nwritten: ${out}\nSend it to the operator with the set.bin of the commitment.\n`,
      )
    })
  withExamples(
    command,
    ['vendor-check answer --ask ask.json --seed-file vendor.seed --out answer.json'],
    'A stopped run goes on where it was.',
  )
}

/** `vendor-check read`. */
export function read(all: Command, context: CommandContext): void {
  const command = withWorkspace(all.command('read'))
    .description("the operator's last step: check the answer, then count")
    .option('--answer <file>', "the vendor's answer.json")
    .option('--set <file>', "the vendor's set.bin")
    .option('--out <file>', 'the transcript, for a third party', 'transcript.json')
    .option('--json', '{case, hits, sizes, estimate, sentences, transcript} as one JSON document')
    .action(async (options: ReadOptions) => {
      const hint = 'see "breachline vendor-check read --help" for an example'
      const said = await inWorkspace(context, { ...options, command: 'vendor-check read' }, (open) =>
        readVendorAnswer(open, {
          answer: needed(options.answer, '--answer', hint),
          set: needed(options.set, '--set', hint),
          out: options.out ?? 'transcript.json',
        }),
      )
      if (options.json === true) return printJson(context.terminal, said)
      print(context, said)
    })
  withExamples(
    command,
    ['vendor-check read --answer answer.json --set set.bin --out transcript.json'],
    'The transcript is for a third party. Not for the vendor: with its key it could tell which of its records were in the sample.',
  )
}

function print({ terminal }: CommandContext, said: VendorAnswer): void {
  for (const sentence of said.sentences) terminal.out(`${sentence}\n`)
  if (said.rows !== undefined) terminal.out(`rows of the sample in the set: ${said.rows.join(', ')}\n`)
  terminal.out(`written: ${said.transcript.file} (for a third party, not for the vendor)\n`)
}

function withTable(command: Command): Command {
  return command
    .option('--columns <file>', 'JSON or TOML of column name to kind, such as {"subscriber_no": "msisdn"}')
    .option('--country <code>', 'country of telephone numbers written the national way, such as MY')
}

function columnsOf(file: string | undefined): { columns?: Readonly<Record<string, string>> } {
  return file === undefined ? {} : { columns: readRecordMap(file) }
}
