import { dayMs, hourMs, minuteMs, weekday } from '../calendar.ts'
import type { Random } from '../random.ts'
import { skewed } from '../random.ts'
import type { Account } from './estate.ts'
import { logoff, logon, logonFailed, shareAccess } from './logon.ts'
import { desktop, remoteDesktop } from './movement.ts'
import { proxied } from './network-log.ts'
import { throughTunnel, tunnelDown, tunnelRefused, tunnelUp } from './vpn-gateway.ts'
import type { WindowsLog } from './windows-log.ts'
import type { World } from './world.ts'

const programs = skewed<readonly [image: string, line: string]>([
  ['C:\\Program Files\\Lumo Browser\\browser.exe', '"C:\\Program Files\\Lumo Browser\\browser.exe" --type=renderer'],
  ['C:\\Program Files\\Bayan Office\\mail.exe', '"C:\\Program Files\\Bayan Office\\mail.exe"'],
  ['C:\\Program Files\\Bayan Office\\sheet.exe', '"C:\\Program Files\\Bayan Office\\sheet.exe" /e'],
  ['notepad.exe', 'notepad.exe'],
  ['C:\\Program Files\\Bayan Office\\write.exe', '"C:\\Program Files\\Bayan Office\\write.exe"'],
  ['cmd.exe', '"C:\\Windows\\system32\\cmd.exe"'],
])
const sites = skewed<readonly [category: string, url: string, server: string]>([
  ['Business', 'https://news.example/today', '198.51.100.20'],
  ['Search Engines', 'https://search.example/q', '198.51.100.21'],
  ['Office', 'https://mail.bayan.example/sync', '198.51.100.22'],
  ['Shopping', 'https://shop.example/cart', '198.51.100.23'],
  ['File Storage', 'https://files.example/share', '198.51.100.24'],
  ['Social', 'https://feed.example/home', '198.51.100.25'],
])
const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36'
const shares = ['Finance', 'Projects', 'Forms', 'Network', 'Care']

/** Office days of everybody with a desk, and evenings through the VPN. */
export function officeDays(world: World): void {
  for (const user of world.estate.users) {
    const random = world.random('office', user.name)
    const habits = {
      share: random.pick(shares),
      files: random.pick(world.estate.of('files')),
      remote: random.chance(0.25),
      start: 8 + random.unit() * 1.5,
    }
    for (let day = 0; day < world.days; day++) {
      const at = world.from + day * dayMs + Math.floor((habits.start + random.normal() * 0.2) * hourMs)
      const works = weekday(at) !== 0 && weekday(at) !== 6 && random.chance(0.93 * world.density)
      if (!works) continue
      if (habits.remote && random.chance(0.3)) fromHome(world, user, at, random)
      else atTheDesk(world, user, at, random, habits)
    }
  }
}

function atTheDesk(
  world: World,
  user: Account,
  at: number,
  random: Random,
  habits: { readonly share: string; readonly files: Account['home'] },
): void {
  const log = world.on(user.home)
  const controller = world.controller(at)
  if (random.chance(0.04)) logonFailed(controller, at - 40_000, user.user, user.home)
  const session = logon(log, at, { user: user.user, type: 2, controller })
  const shell = log.start(at + 4_000, {
    image: 'explorer.exe',
    line: 'C:\\Windows\\Explorer.EXE',
    parent: log.running('userinit.exe', session),
    session,
  })
  const end = at + Math.floor((8 + random.unit()) * hourMs)
  const moment = (): number => at + 5 * minuteMs + random.below(end - at - 6 * minuteMs)
  for (let more = random.poisson(2.2 * world.detail); more > 0; more--) {
    const [image, line] = programs(random)
    log.start(moment(), { image, line, parent: shell })
  }
  const browser = log.start(at + 4 * minuteMs, { image: 'C:\\Program Files\\Lumo Browser\\browser.exe', parent: shell })
  for (let more = Math.ceil(1.4 * world.detail); more > 0; more--) {
    const at = moment()
    log.connect(at, browser, { ip: world.estate.one('proxy').ip, port: 3128 })
    browse(world, { at: at + 200, user, client: user.home.ip }, random)
  }
  for (let more = Math.round(world.detail); more > 0; more--)
    fileWork(world, { at: moment(), user, from: user.home, ...habits }, log, random)
  if (random.chance(0.15)) logon(log, moment(), { user: user.user, type: 7 })
  logoff(log, end, session, 2)
}

/** Files on a share of the department: a network logon, one or two files, gone again. */
function fileWork(
  world: World,
  one: {
    readonly at: number
    readonly user: Account
    readonly from: { readonly ip: string; readonly name: string }
    readonly share: string
    readonly files: Account['home']
  },
  log: WindowsLog | undefined,
  random: Random,
): void {
  const there = world.on(one.files)
  const port = log?.connect(one.at, log.running('System'), { ip: one.files.ip, port: 445, host: one.files.name })
  const session = logon(there, one.at + 150, {
    user: one.user.user,
    type: 3,
    from: { ...one.from, ...(port === undefined ? {} : { port }) },
    controller: world.controller(one.at),
  })
  for (let file = 0; file < random.between(1, 2); file++)
    shareAccess(there, one.at + 400 + file * 90_000, {
      session,
      from: one.from.ip,
      share: one.share,
      path: `${random.pick(['plan', 'report', 'list', 'minutes'])}-${random.between(1, 400)}.xlsx`,
      write: random.chance(0.3),
    })
  logoff(there, one.at + random.between(200_000, 900_000), session, 3)
}

function browse(
  world: World,
  one: { readonly at: number; readonly user: Account; readonly client: string },
  random: Random,
): void {
  const [category, url, server] = sites(random)
  const upload = category === 'File Storage' && random.chance(0.5)
  proxied(world, {
    at: one.at,
    client: one.client,
    user: one.user.name,
    category,
    method: upload ? 'POST' : 'GET',
    url: `${url}/${random.between(1, 999)}`,
    agent,
    received: random.between(2_000, 400_000),
    sent: upload ? Math.round(2e5 * Math.exp(random.normal())) : random.between(600, 4_000),
    server,
  })
}

function fromHome(world: World, user: Account, at: number, random: Random): void {
  if (random.chance(0.08)) tunnelRefused(world, at - 30_000, { user: user.name, remote: user.network })
  const name = `HOME-${user.home.name.toUpperCase()}`
  const tunnel = tunnelUp(world, at, { user: user.name, remote: user.network, machine: name, number: random.below(200) })
  const seconds = random.between(3, 8) * 3_600
  const there = world.on(user.home)
  const port = random.between(49_152, 65_000)
  const foot = desktop(world, {
    at: at + 2 * minuteMs,
    to: user.home,
    user: user.user,
    from: { ip: tunnel.inside, name, port },
  })
  for (let more = random.between(1, 3); more > 0; more--) {
    const [image, line] = programs(random)
    there.start(at + 4 * minuteMs + random.below(seconds * 900), { image, line, parent: foot.process })
  }
  const received = random.between(2e6, 4e7)
  throughTunnel(world, at + seconds * 1_000, tunnel, {
    ip: user.home.ip,
    port: 3389,
    sent: Math.floor(received / 9),
    received,
    seconds: seconds - 120,
    fromPort: port,
  })
  logoff(there, at + seconds * 1_000, foot.process.session, 10)
  tunnelDown(world, at + seconds * 1_000 + 20_000, tunnel, { sent: received + 200_000, received: Math.floor(received / 9) })
}

/** Weekly work of vendors: through the VPN from their own network, by the jump host to the server they look after. */
export function vendorVisits(world: World): void {
  for (const [order, vendor] of world.estate.vendors.entries()) {
    const random = world.random('vendor', vendor.id)
    const applications = world.estate.of('application')
    const target = applications[order % applications.length] ?? world.estate.one('application')
    const visits = Math.max(2, Math.round((world.days / 6) * Math.min(1, world.density * 2)))
    for (let visit = 0; visit < visits; visit++) {
      const at = world.working(Math.floor(((visit + random.unit() * 0.8) * world.days) / visits), random.unit() * 0.6)
      const machine = `${vendor.id.toUpperCase().slice(0, 8)}-PC2`
      const tunnel = tunnelUp(world, at, {
        user: vendor.account.name,
        remote: vendor.account.network,
        machine,
        number: 200 + order,
      })
      const jump = world.estate.one('jump')
      const port = random.between(49_152, 65_000)
      const foot = desktop(world, {
        at: at + 90_000,
        to: jump,
        user: vendor.account.user,
        from: { ip: tunnel.inside, name: machine, port },
      })
      const there = remoteDesktop(world, foot, { at: at + 180_000, to: target, user: vendor.account.user })
      there.log.start(at + 240_000, { image: 'C:\\Program Files\\Service Desk\\console.exe', parent: there.process })
      const end = at + random.between(25, 110) * minuteMs
      logoff(there.log, end - 60_000, there.process.session, 10)
      logoff(foot.log, end, foot.process.session, 10)
      const received = random.between(1e6, 2e7)
      throughTunnel(world, end, tunnel, {
        ip: jump.ip,
        port: 3389,
        sent: Math.floor(received / 8),
        received,
        seconds: Math.floor((end - at) / 1_000) - 90,
        fromPort: port,
      })
      tunnelDown(world, end + 15_000, tunnel, { sent: received + 90_000, received: Math.floor(received / 8) })
    }
  }
}
