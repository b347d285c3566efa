import { join } from 'node:path'
import { actingPerson, caseIds, enterPerson, keyDirectory } from '../../app/index.ts'
import { UserError } from '../../base/index.ts'
import { listKeys, newKey, readPerson, type Person } from '../../evidence/index.ts'
import { group, needed, withExamples } from '../arguments.ts'
import { inWorkspace, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { onlyCase } from '../hand-over.ts'
import { columns } from '../layout.ts'
import { printJson } from '../terminal.ts'

/** `key new`, `key list`, `person add`: who acts. */
export const registerPeople: Register = (program, context) => {
  const key = group(program, 'key', 'signing keys of the persons who act on this machine')
  const make = key
    .command('new')
    .description('make a signing key for a person; it stays outside every workspace')
    .argument('<name>', 'name of the person')
    .option('--role <role>', 'role of the person', 'analyst')
    .option('--json', 'the person as one JSON document')
    .action((name: string, options: { role: string; json?: boolean }) => {
      const directory = keyDirectory(context.world)
      const person = newKey({ directory, name, role: options.role })
      if (options.json === true) return printJson(context.terminal, person)
      context.terminal.out(`${person.name} (${person.role})\n  fingerprint ${person.fingerprint}\n  kept in ${directory}\n`)
    })
  withExamples(
    make,
    ['key new "Aisha Rahman" --role "incident lead"'],
    'Compare the fingerprint with the person: it is the name of the key in every chain of custody.',
  )
  const list = key
    .command('list')
    .description('who has a key here')
    .option('--json', '{keys} as one JSON document')
    .action((options: { json?: boolean }) => {
      const people = listKeys(keyDirectory(context.world))
      if (options.json === true) return printJson(context.terminal, { keys: people })
      if (people.length === 0) return context.terminal.out('nobody has a key here yet\n')
      context.terminal.out(
        `${columns(
          people.map((one) => [one.name, one.role, one.fingerprint]),
          1_000,
        )}\n`,
      )
    })
  withExamples(list, ['key list'])

  const add = withWorkspace(group(program, 'person', 'persons known to a case').command('add'))
    .description("enter a person's public key into a case; you vouch for it with your signature")
    .argument('[name]', 'a person with a key on this machine')
    .option('--file <file>', "the person's person.json, received from them")
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--json', 'the person as one JSON document')
    .action(async (name: string | undefined, options: WorkspaceOptions & { file?: string; case?: string; json?: boolean }) => {
      const person = personMeant(context, name, options.file)
      const entered = await inWorkspace(context, { ...options, command: 'person add' }, ({ workspace, signer }) =>
        Promise.resolve(enterPerson({ workspace, signer, caseId: onlyCase(caseIds(workspace), options.case), person })),
      )
      if (options.json === true) return printJson(context.terminal, entered)
      context.terminal.out(`${entered.name} (${entered.role}) entered\n  fingerprint ${entered.fingerprint}\n`)
    })
  withExamples(add, [
    'person add "Aisha Rahman" --case meridian',
    'person add --file person.json --case meridian --as "Daniel Tan"',
  ])
}

function personMeant({ world }: CommandContext, name: string | undefined, file: string | undefined): Person {
  if (file === undefined)
    return actingPerson(
      world,
      needed(name, 'the name', 'write: breachline person add "Aisha Rahman" --case ID, or give --file person.json'),
    )
  const person = readPerson(file)
  if (person !== undefined) return person
  throw new UserError({
    code: 'person-unreadable',
    message: `${file} is no person.json, or its fingerprint is not that of its key`,
    hint: `ask the person for the file from their folder of keys (${join('keys', 'NAME-…', 'person.json')}) and compare the fingerprint`,
  })
}
