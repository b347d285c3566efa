import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { accountNames, caseIdOfFolder, caseIds, keptAnswer, numberTokens } from '../../app/index.ts'
import { UserError } from '../../base/index.ts'
import {
  scoreDrill,
  scoreScenario,
  type ScenarioTruth,
  type ScoreTable,
  type ScoredAnswer,
  type Truth,
} from '../../drill/index.ts'
import { given, group, withExamples } from '../arguments.ts'
import { withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { onlyCase } from '../hand-over.ts'
import { printJson } from '../terminal.ts'
import { registerDrillNew } from './drill-new.ts'

interface ScoreOptions extends WorkspaceOptions {
  readonly case?: string
  readonly answer?: string
  readonly json?: boolean
}

/** `drill new`, `drill score`: generated breaches with sealed truth. */
export const registerDrill: Register = (program, context) => {
  const drill = group(program, 'drill', 'generated breaches with sealed truth')
  registerDrillNew(drill, context)
  const score = withWorkspace(drill.command('score'))
    .description('compare an answer with the sealed truth of a drill')
    .argument('<dir>', 'folder of the drill, with truth.json')
    .option('--case <id>', 'a case of the workspace (the one made from the drill, or the only one, when absent)')
    .option('--answer <file>', 'the JSON of "breachline investigate --json" instead')
    .option('--json', '{passed, scores} as one JSON document')
    .action((directory: string, options: ScoreOptions) => scored(context, directory, options))
  withExamples(
    score,
    [
      'drill score ./drill-7',
      'drill score ./drill-7 --case meridian',
      'drill score ./drill-7 --answer answer.json --workspace ./breachline-data',
    ],
    'The watched persons of an answer are tokens: they are compared under the key of the workspace that made them. Exit code 10 when a bar is missed.',
  )
}

async function scored(context: CommandContext, directory: string, options: ScoreOptions): Promise<void> {
  const workspace = { world: context.world, path: (...parts: string[]) => join(options.workspace, ...parts) }
  const truth = readJson<Truth | ScenarioTruth>(join(directory, 'truth.json'), 'truth of a drill')
  const answer =
    options.answer === undefined
      ? keptAnswer(workspace, options.case ?? (await caseOf(workspace, directory)))
      : readJson<ScoredAnswer>(options.answer, 'answer of an investigation')
  const table =
    'kind' in truth
      ? scoreScenario({ truth, answer: answer as ScoredAnswer })
      : scoredDemo(workspace, truth, { answer: answer as ScoredAnswer, options })
  if (!table.passed) context.exit(10)
  if (options.json === true) return printJson(context.terminal, { passed: table.passed, scores: table.scores })
  const bars = table.scores.some((score) => score.met !== undefined)
  context.terminal.out(
    `${table.lines.join('\n')}\n${!bars ? 'no bar is set' : table.passed ? 'every bar is met' : 'a bar is missed'}\n`,
  )
}

function scoredDemo(
  workspace: Parameters<typeof numberTokens>[0],
  truth: Truth,
  { answer, options }: { readonly answer: ScoredAnswer; readonly options: ScoreOptions },
): ScoreTable {
  const watched = answer.lookups?.watched ?? []
  const hasValues = watched.length > 0 && watched.every((one) => one.value !== undefined)
  const tokenOf = hasValues ? undefined : numberTokens(workspace)
  if (!hasValues && tokenOf === undefined && watched.length > 0)
    throw new UserError({
      code: 'no-token-key',
      message: `the answer names watched persons by tokens, and ${options.workspace} has made none`,
      hint: 'give the workspace that made the answer with --workspace DIR',
    })
  return scoreDrill({ truth, answer, ...given('tokenOf', tokenOf), ...given('accountOf', accountNames(workspace)) })
}

/** The case made from the drill's folder, else the only one. */
async function caseOf(workspace: Parameters<typeof caseIds>[0], directory: string): Promise<string> {
  const ids = caseIds(workspace)
  const made = await caseIdOfFolder(join(directory, 'case'))
  return made !== undefined && ids.includes(made) ? made : onlyCase(ids, undefined)
}

function readJson<T>(path: string, what: string): T {
  if (!existsSync(path))
    throw new UserError({
      code: 'no-such-path',
      message: `${path} does not exist`,
      hint: `give the ${what}; "breachline drill new" makes one`,
    })
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof value === 'object' && value !== null) return value as T
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
  }
  throw new UserError({ code: 'not-json', message: `${path} is not valid JSON`, hint: `give the ${what} as it was written` })
}
