import { hourMs, minuteMs } from '../calendar.ts'
import { atDesk, openAttachment, plugIn, readingMail } from './desk.ts'
import { addressOf, delivered } from './mail-log.ts'
import type { World } from './world.ts'

const senders = [
  'news@weekly.example',
  'orders@paperclip.example',
  'billing@kelapa.example',
  'hello@conference.example',
  'info@senja.example',
]
const subjects = ['Minutes', 'Invoice', 'Your order', 'Programme', 'Figures of the week', 'Question']
const drives = [
  ['SanDisk', 'Ultra'],
  ['Kingston', 'DataTraveler'],
  ['Lexar', 'JumpDrive'],
] as const

/**
 * What comes to desks on ordinary days: mails from inside and outside, attachments that are opened and read, drives with documents; now and then a
 * driver is set up from one.
 */
export function deskWork(world: World): void {
  const { estate } = world
  for (const user of estate.users) {
    const random = world.random('desk', user.name)
    for (let day = 0; day < world.days; day++) {
      if (!random.chance(0.9 * world.density)) continue
      const morning = world.working(day, 0)
      for (let mails = random.poisson(1.5 * world.detail); mails > 0; mails--)
        delivered(world, {
          at: morning + random.below(8 * hourMs),
          to: user,
          from: random.chance(0.5) ? addressOf(world, random.pick(estate.users)) : random.pick(senders),
          subject: random.pick(subjects),
          bytes: random.between(4_000, 900_000),
        })
      if (random.chance(0.12)) {
        const at = morning + random.below(6 * hourMs)
        delivered(world, {
          at: at - 9 * minuteMs,
          to: user,
          from: random.pick(senders),
          subject: random.pick(subjects),
          bytes: 81_000,
        })
        const foot = atDesk(world, user, at)
        const mail = readingMail(foot, at + minuteMs)
        openAttachment(foot, at + 3 * minuteMs, {
          mail,
          user,
          file: `${random.pick(['order', 'invoice', 'offer'])}-${random.between(1, 900)}.docx`,
        })
      }
      if (random.chance(0.05)) {
        const at = morning + random.below(6 * hourMs)
        const foot = atDesk(world, user, at)
        const [maker, product] = random.pick(drives)
        plugIn(foot, at + minuteMs, { maker, product, letter: 'E' })
        foot.log.start(at + 2 * minuteMs, {
          image: 'C:\\Program Files\\Bayan Office\\sheet.exe',
          line: `"C:\\Program Files\\Bayan Office\\sheet.exe" "E:\\figures\\list-${random.between(1, 90)}.xlsx"`,
          parent: foot.process,
        })
        if (random.chance(0.1))
          foot.log.start(at + 5 * minuteMs, {
            image: 'E:\\printer\\setup.exe',
            line: '"E:\\printer\\setup.exe"',
            parent: foot.process,
          })
      }
    }
  }
}
