import { minuteMs } from '../calendar.ts'
import type { Attack } from './attack.ts'
import { atDesk, attachmentFolder, openAttachment, readingMail } from './desk.ts'
import { fromDesk } from './from-desk.ts'
import { delivered } from './mail-log.ts'
import type { World } from './world.ts'

/**
 * A mail from outside with an attachment: a document whose macro starts a shell, a script, or a program that is run as it is. Others get the same mail and do
 * not open it. What runs then goes on from the desk.
 */
export function mailAttachment(world: World, attack: Attack): void {
  const { estate } = world
  const random = world.random('mail-attachment', attack.number)
  const people = random.shuffled(estate.users.slice(estate.admins.length))
  const [user = estate.users[0]] = people
  if (user === undefined) throw new Error('internal error: an estate without people')
  const at = world.working(12 + random.below(9), random.unit() * 0.5)
  const sender = `${random.pick(['billing', 'accounts', 'claims'])}@${random.pick(['delta-freight.example', 'harbour-claims.example'])}`
  for (const [order, to] of people.slice(0, random.between(3, 8)).entries())
    delivered(world, { at: at - 40 * minuteMs + order * 3_000, to, from: sender, subject: 'Outstanding claim', bytes: 184_200 })
  const foot = atDesk(world, user, at - 3 * minuteMs)
  const mail = readingMail(foot, at - 2 * minuteMs)
  const stem = `${random.pick(['Claim', 'Statement', 'Remittance'])} ${random.between(100, 990)}`
  const folder = attachmentFolder(random.hex(8), user)
  const opened = (() => {
    switch (random.pick(['document', 'script', 'program'] as const)) {
      case 'document': {
        const document = openAttachment(foot, at, { mail, user, file: `${stem}.docm` })
        return foot.log.start(at + 20_000, {
          image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
          line: 'powershell.exe -nop -w hidden -ep bypass -c "iex $env:t"',
          parent: document,
        })
      }
      case 'script':
        foot.log.create(at - 900, mail, `${folder}${stem}.js`)
        return foot.log.start(at, {
          image: 'wscript.exe',
          line: `"C:\\Windows\\System32\\wscript.exe" "${folder}${stem}.js"`,
          parent: mail,
        })
      case 'program':
        foot.log.create(at - 900, mail, `${folder}${stem}.exe`)
        return foot.log.start(at, { image: `${folder}${stem}.exe`, line: `"${folder}${stem}.exe"`, parent: mail })
    }
  })()
  attack.enter(at, user.home, { kind: 'mail', addresses: [], account: user.user })
  attack.compromise(user.home)
  attack.stage(at, user.home, 'initial-access')
  fromDesk(world, attack, { foot: { log: foot.log, process: opened }, user, at: at + minuteMs, random })
}
