import { caseDesk, rebuild, verifyCase } from '../../app/index.ts'
import { exitCodes, printable } from '../../base/index.ts'
import { given, withExamples } from '../arguments.ts'
import { collected, inWorkspace, withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { counted } from '../layout.ts'
import { printFaults, printJson } from '../terminal.ts'
import { watching } from '../watching.ts'

/** `verify CASE`, `rebuild CASE`: is the case what it says, and does its evidence still give its findings? */
export const registerVerify: Register = (program, context) => {
  const verify = program
    .command('verify')
    .description('check every byte of the evidence, the chain of custody, its signatures and the ledger of a case')
    .argument('<case>', 'id of a case in the workspace, or the folder of a case')
    .option('--workspace <dir>', 'folder of cases, copies and lake', './breachline-data')
    .option('--head <head>', 'custody head kept outside the case (COUNT:HASH:FINGERPRINT or the hash): finds truncation')
    .option('--json', '{case, ok, head, checks, failures, notes, proves, doesNotProve} as one JSON document')
    .action(async (id: string, options: { workspace: string; head?: string; json?: boolean }) => {
      const result = await watching(context, (watch) =>
        verifyCase({ workspace: options.workspace, case: id, ...given('head', options.head), watch }),
      )
      if (!result.ok) context.exit(exitCodes.badInput)
      if (options.json === true) return printJson(context.terminal, result)
      const { terminal } = context
      terminal.out(`${result.case}: ${result.ok ? 'verified' : counted(result.failures.length, 'failure')}\n`)
      for (const one of result.checks) terminal.out(`  ${one.ok ? 'ok    ' : 'FAILED'} ${printable(one.what)}\n`)
      for (const one of result.failures)
        terminal.out(`  ${printable(one.where)}: ${printable(one.what)} ${printable(one.todo)}\n`)
      for (const one of result.notes) terminal.out(`  note: ${printable(one)}\n`)
      for (const one of result.proves) terminal.out(`  proves: ${one}\n`)
      for (const one of result.doesNotProve) terminal.out(`  does not prove: ${one}\n`)
      terminal.out(`head ${result.head}\n`)
    })
  withExamples(
    verify,
    ['verify meridian', 'verify ./breachline-data/cases/meridian --head 214:9f86d081…', 'verify meridian --json'],
    'Exit code 3 when anything does not hold. Opens neither lake nor key, and may run while the workspace is served.',
  )

  const again = withWorkspace(program.command('rebuild'))
    .description('delete the lake and answer a case again from its own evidence: the findings keep their ids')
    .argument('<case>', 'id of the case')
    .option('--rules <dir>', 'folder of Sigma rules beside our own, as when it was investigated, repeatable', collected, [])
    .option('--json', '{case, findings, same, added, withdrawn, faults} as one JSON document')
    .action(async (caseId: string, options: WorkspaceOptions & { rules: string[]; json?: boolean }) => {
      const result = await inWorkspace(context, { ...options, command: 'rebuild' }, async (open) => {
        const desk = caseDesk(open.workspace, open.signer)
        const ids = async (): Promise<string[]> =>
          (await desk.page(caseId)).view.findings.filter((one) => one.withdrawn !== true).map((one) => one.id)
        const before = new Set(await ids().catch(() => []))
        const answer = await rebuild({ ...open, caseId, rules: options.rules })
        const after = await ids()
        const now = new Set(after)
        return {
          case: caseId,
          findings: after.length,
          same: after.filter((id) => before.has(id)).length,
          added: after.filter((id) => !before.has(id)),
          withdrawn: [...before].filter((id) => !now.has(id)),
          faults: answer.faults,
        }
      })
      if (options.json === true) return printJson(context.terminal, result)
      const { findings, same, added, withdrawn } = result
      context.terminal.out(
        `${caseId}: ${counted(findings, 'finding')}, ${same} the same as before, ${added.length} new, ${withdrawn.length} withdrawn\n`,
      )
      printFaults(context.terminal, result.faults.kept, { most: 3 })
    })
  withExamples(
    again,
    ['rebuild meridian', 'rebuild meridian --rules ./sigma/rules --json'],
    'Lakes hold nothing that the cases do not: every case of the workspace is loaded again when it is next read.',
  )
}
