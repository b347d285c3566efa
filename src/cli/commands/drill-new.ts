import { join } from 'node:path'
import type { Command } from 'commander'
import { UserError } from '../../base/index.ts'
import { intrusionNames, scenarioNames, writeDrill, writeScenario, type ScenarioOptions } from '../../drill/index.ts'
import { given, needed, oneOf, wholeNumber, withExamples } from '../arguments.ts'
import type { CommandContext } from '../command.ts'
import { counted } from '../layout.ts'
import { printJson } from '../terminal.ts'
import { watching } from '../watching.ts'

interface NewOptions {
  readonly scenario: string
  readonly seed: string
  readonly size?: string
  readonly hosts?: string
  readonly work?: string
  readonly sysmon: boolean
  readonly drop?: string
  readonly silentHost?: boolean
  readonly second?: string
  readonly clockSkew?: string
  readonly out?: string
  readonly json?: boolean
}

const scenarios = ['demo', ...scenarioNames] as const

const remark = `Scenarios:
  demo             a whole case: claim, sample, copies, logs, record access
  softcell         three waves over nine months: web shell, pass the hash, the directory copied, a VPN bridge, call records packed;
                   of the first wave only web log, file tables and Amcache are left
  vendor-vpn       a vendor's account with a stolen password, from a new network; nothing but valid logons
  api-enumeration  customer numbers counted up at the self-care interface from many addresses
  insider-export   an employee's own account exports customers at night and sends them out by the proxy
  router-implant   edge routers: guest shell, access list, capture of sign-ins, tunnel
  cloud-warehouse  stolen credentials at a cloud warehouse: unloaded into a stage and fetched
  mail-attachment  an attachment opened in a mailbox starts a shell; from there to the customers' data
  removable-drive  a program started from a removable drive; from there to the customers' data
  benign           no attack: ordinary work and work that looks like an intruder's
Everything in a drill is invented: operator, vendors, staff, subscribers, addresses.`

/** `drill new`: a generated breach with its sealed truth. */
export function registerDrillNew(drill: Command, context: CommandContext): void {
  const make = drill
    .command('new')
    .description('generate a breach: OUT/case is what an investigator is handed, OUT/truth.json is sealed')
    .option('--scenario <name>', scenarios.join(', '), 'demo')
    .option('--seed <n>', 'seed; the same seed and options give the same bytes', '1')
    .option('--size <n>', 'demo: subscribers, 1000 to 300000 (200000 when absent)')
    .option('--hosts <n>', 'others: computers and devices, 26 to 400 (30 when absent, 200 for benign)')
    .option('--work <share>', 'others: share of the ordinary work that is told, such as 0.25 (1 when absent)')
    .option('--no-sysmon', 'others: no Sysmon; processes by Security 4688 alone')
    .option('--drop <share>', 'others: share of all records lost at random, such as 0.3')
    .option('--silent-host', 'others: one host on the way sends nothing while the attack is on it')
    .option('--second <name>', 'others: a second attacker in the same estate')
    .option('--clock-skew <seconds>', 'others: clocks of hosts are off by up to so much')
    .option('--out <dir>', 'folder to write, new or empty')
    .option('--json', '{out, scenario, seed, size or hosts, files, bytes} as one JSON document')
    .action((options: NewOptions) => made(context, options))
  withExamples(
    make,
    [
      'drill new --seed 7 --out ./drill-7',
      'drill new --seed 7 --size 5000 --out ./small',
      'drill new --scenario vendor-vpn --seed 3 --no-sysmon --out ./vendor-3',
      'drill new --scenario softcell --drop 0.3 --second cloud-warehouse --out ./two',
    ],
    remark,
  )
}

async function made(context: CommandContext, options: NewOptions): Promise<void> {
  const out = needed(options.out, '--out', 'write: breachline drill new --seed 7 --out ./drill-7')
  const scenario = oneOf(options.scenario, scenarios, '--scenario')
  const seed = wholeNumber(options.seed, '--seed')
  const told =
    scenario === 'demo' ? await demo(context, { seed, out, options }) : await estate(context, { scenario, seed, out, options })
  if (options.json === true) return printJson(context.terminal, told)
  context.terminal.out(
    `${counted(told.files, 'file')}, ${(told.bytes / 1e6).toFixed(1)} MB\nnext: breachline investigate ${join(out, 'case')}   then: breachline drill score ${out}\n`,
  )
}

interface Told {
  readonly files: number
  readonly bytes: number
}

async function demo(
  context: CommandContext,
  one: { readonly seed: number; readonly out: string; readonly options: NewOptions },
): Promise<Told> {
  const { seed, out, options } = one
  const stray = ['hosts', 'work', 'drop', 'silentHost', 'second', 'clockSkew'].filter(
    (name) => options[name as keyof NewOptions] !== undefined,
  )
  if (stray.length > 0 || !options.sysmon)
    throw new UserError({
      code: 'drill-options',
      message: 'The demo takes no options but --seed and --size.',
      hint: 'Give another --scenario for --hosts, --work, --no-sysmon, --drop, --silent-host, --second or --clock-skew.',
    })
  const size = options.size === undefined ? undefined : wholeNumber(options.size, '--size')
  const truth = await watching(context, (watch) => writeDrill({ scenario: 'demo', seed, ...given('size', size), out, watch }))
  const told = { out, scenario: 'demo', seed, size: truth.size, files: truth.files.length, bytes: total(truth.files) }
  return told
}

async function estate(
  context: CommandContext,
  one: {
    readonly scenario: (typeof scenarioNames)[number]
    readonly seed: number
    readonly out: string
    readonly options: NewOptions
  },
): Promise<Told> {
  const { scenario, seed, out, options } = one
  // For estates the size is the number of hosts.
  const hosts = options.hosts ?? options.size
  const settings: ScenarioOptions = {
    ...given('hosts', hosts === undefined ? undefined : wholeNumber(hosts, '--hosts')),
    ...(options.sysmon ? {} : { sysmon: false }),
    ...given('work', options.work === undefined ? undefined : Number(options.work)),
    ...given('drop', options.drop === undefined ? undefined : Number(options.drop)),
    ...given('silentHost', options.silentHost),
    ...given('second', options.second === undefined ? undefined : oneOf(options.second, intrusionNames, '--second')),
    ...given('clockSkew', options.clockSkew === undefined ? undefined : wholeNumber(options.clockSkew, '--clock-skew')),
  }
  const truth = await watching(context, (watch) => writeScenario({ scenario, seed, options: settings, out, watch }))
  const told = { out, scenario, seed, hosts: truth.hosts, files: truth.files.length, bytes: total(truth.files) }
  return told
}

function total(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((sum, file) => sum + file.bytes, 0)
}
