import { join } from 'node:path'
import { importInventoryFiles, inventoryEntries, inventoryText } from '../../app/index.ts'
import { exitCodes } from '../../base/index.ts'
import { given, group, withExamples } from '../arguments.ts'
import { inWorkspace, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { columns, counted } from '../layout.ts'
import { printFaults, printJson } from '../terminal.ts'
import { writeOut } from '../write-out.ts'

interface Options extends WorkspaceOptions {
  readonly json?: boolean
  readonly replace?: boolean
  readonly system?: string
  readonly host?: string
  readonly out?: string
}

/** `inventory import|list|export`: the estate of the workspace. */
export const registerInventory: Register = (program, context) => {
  const inventory = group(program, 'inventory', 'systems, data objects, vendors, copies handed out, log sources, subscriber base')
  const load = withWorkspace(inventory.command('import'))
    .description(
      'import inventory.toml, tables (systems.csv, products.csv, vendors.csv, …), a bill of materials or a scan by nmap; all or nothing',
    )
    .argument('<file...>', 'one TOML file, several CSV tables, one CycloneDX or SPDX file (JSON), or the XML of nmap')
    .option('--system <id>', 'with a bill of materials: the system its parts belong to')
    .option('--host <name>', 'with a bill of materials: the host they run on')
    .option('--replace', 'entries of the given kinds that are not in the files are marked removed')
    .option('--json', '{added, changed, removed, unchanged, faults, remarks} as one JSON document')
    .action(async (paths: string[], options: Options) => {
      const replace = options.replace === true
      const imported = await inWorkspace(context, { ...options, command: 'inventory import' }, (open) =>
        importInventoryFiles({ ...open, paths, replace, ...given('system', options.system), ...given('host', options.host) }),
      )
      if (options.json === true) printJson(context.terminal, imported)
      else {
        const { added, changed, removed, unchanged } = imported
        context.terminal.out(
          `${added.length} added, ${changed.length} changed, ${removed.length} removed, ${unchanged} unchanged\n`,
        )
        printFaults(context.terminal, [...imported.faults, ...imported.remarks])
      }
      if (imported.faults.length > 0) context.exit(exitCodes.badInput)
    })
  withExamples(load, [
    'inventory import inventory.toml',
    'inventory import systems.csv vendors.csv --replace',
    'inventory import crm-sbom.cdx.json --system crm',
    'inventory import scan.xml',
  ])

  const list = withWorkspace(inventory.command('list'))
    .description('the estate as it stands')
    .option('--json', '{entries} as one JSON document')
    .action((options: Options) => print(context, options))
  withExamples(list, ['inventory list', 'inventory list --json'])

  const write = withWorkspace(inventory.command('export'))
    .description('the estate as an inventory.toml that imports to the same')
    .option('--out <file>', 'write there instead of to stdout')
    .option('--json', '{entries} as one JSON document')
    .action((options: Options) => {
      if (options.json === true) return print(context, options)
      writeOut(context, { text: inventoryText(paths(options)), ...given('file', options.out) })
    })
  withExamples(write, ['inventory export > inventory.toml', 'inventory export --out inventory.toml'])
}

function print({ terminal }: CommandContext, options: Options): void {
  const entries = inventoryEntries(paths(options))
  if (options.json === true) return printJson(terminal, { entries })
  if (entries.length === 0) return terminal.out('the inventory is empty\n')
  const rows = entries.map((one) => {
    const known = one as unknown as Readonly<Record<string, unknown>>
    const text = (name: string): string => (typeof known[name] === 'string' ? known[name] : '')
    return [
      one.entry,
      String(one.revision),
      text('name') || text('holder') || text('host'),
      text('kind') === one.kind ? '' : text('kind'),
    ]
  })
  terminal.out(
    `${columns([['entry', 'revision', 'name', ''], ...rows], terminal.width)}\n${counted(entries.length, 'entry', 'entries')}\n`,
  )
}

function paths(options: Options): { path: (...parts: string[]) => string } {
  return { path: (...parts) => join(options.workspace, ...parts) }
}
