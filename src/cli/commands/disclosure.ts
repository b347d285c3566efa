import { acceptAnswer, handOverRequest, nameDisclosureDesk } from '../../app/index.ts'
import { given, group, withExamples } from '../arguments.ts'
import { inWorkspace, withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { printJson } from '../terminal.ts'
import { writeOut } from '../write-out.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly out?: string
  readonly json?: boolean
}

/** `disclosure name-desk|hand-over|accept`: the side of the analysts. */
export const registerDisclosure: Register = (program, context) => {
  const disclosure = group(
    program,
    'disclosure',
    'lawful orders stay with a disclosure desk, which releases what analysts may see',
  )
  const name = withWorkspace(disclosure.command('name-desk'))
    .description('analysts: name the desk by its card; from now on nothing flagged is shown that it has not released')
    .argument('<card>', 'the card of the desk (desk.json), received from it')
    .option('--json', '{name, box, persons} as one JSON document')
    .action(async (card: string, options: Options) => {
      const named = await inWorkspace(context, { ...options, command: 'disclosure name-desk' }, ({ workspace, signer }) =>
        Promise.resolve(nameDisclosureDesk({ workspace, signer, card })),
      )
      if (options.json === true) return printJson(context.terminal, named)
      context.terminal.out(`${named.name}: ${named.persons.join(', ')}\n  fingerprint ${named.box}\n`)
    })
  withExamples(
    name,
    ['disclosure name-desk desk.json'],
    'Compare the fingerprint with the desk by word of mouth: whoever made the card decides what you see.',
  )
  const hand = withWorkspace(disclosure.command('hand-over'))
    .description('analysts: the sealed request of the last review, for the desk')
    .option('--case <id>', 'of this case; without it of the last "lookups FILE..."')
    .option('--out <file>', 'write it there instead of to stdout')
    .option('--json', '{desk, parcel} as one JSON document')
    .action(async (options: Options) => {
      const handed = await inWorkspace(context, { ...options, command: 'disclosure hand-over' }, ({ workspace, signer }) =>
        Promise.resolve(handOverRequest({ workspace, signer, of: options.case ?? 'files' })),
      )
      if (options.json === true) return printJson(context.terminal, handed)
      writeOut(context, { text: handed.parcel, ...given('file', options.out) })
    })
  withExamples(
    hand,
    ['disclosure hand-over --out request.parcel', 'disclosure hand-over --case meridian --out request.parcel'],
    'A parcel has the same length whatever is in it, and only the desk opens it. There is one after every review, whether or not anything was flagged.',
  )
  const accept = withWorkspace(disclosure.command('accept'))
    .description('analysts: take the answer of the desk; the next review shows what it released')
    .argument('<parcel>', 'the answer')
    .option('--json', '{desk, by, at} as one JSON document')
    .action(async (file: string, options: Options) => {
      const accepted = await inWorkspace(context, { ...options, command: 'disclosure accept' }, ({ workspace, signer }) =>
        acceptAnswer({ workspace, signer, file }),
      )
      if (options.json === true) return printJson(context.terminal, accepted)
      context.terminal.out(
        `answer of ${accepted.desk}, ${accepted.at}, signed by ${accepted.by}; review the logs again to see what it released\n`,
      )
    })
  withExamples(accept, ['disclosure accept answer.parcel', 'lookups audit/crm.csv --explanations contacts.csv'])
}
