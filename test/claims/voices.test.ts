import { expect, test } from 'vitest'
import { claimDocuments, readClaims } from '../../src/claims/index.ts'
import { aliasesIn, shownName, unshouted } from '../../src/claims/name-form.ts'

async function read(text: string) {
  const { documents } = await claimDocuments({ file: 'x.txt', bytes: Buffer.from(text) })
  const { threads } = readClaims(documents)
  const readings = threads.flatMap((one) => one.readings ?? []).filter((one) => one.kind !== 'unread')
  return {
    by: [...new Set(readings.map((one) => one.by))].sort(),
    actors: threads.map((one) => one.actor),
    victims: threads.flatMap((one) => one.victims.map((victim) => victim.name)),
  }
}

test.each([
  [
    'victim',
    `FOR IMMEDIATE RELEASE\n\nBrisling Telecom responds to online allegations\n\nAn internal review established that the file was compiled from 2019 data. Brisling Telecom will pursue those who spread it.`,
  ],
  [
    'authority',
    `Thank you, Speaker. The honourable member asks about Lowmoor Mobile. An intruder was in the company's customer portal and 112,000 records were downloaded. I have asked for a full report.`,
  ],
  [
    'researcher',
    `Basilisk Labs blog\nAnatomy of the Kitewater Telecom break-in\n\nIn April our team was called to help. The intruders entered through an exposed Jenkins server. They carried out 310 GB.`,
  ],
  [
    'actor',
    `==== Pinecrest Mobile ====\nstatus: PUBLISHED\nviews: 10233\nThe leadership ignored 3 weeks of messages. All 95 GB are now available for download. Mirrors below.`,
  ],
  [
    'press',
    `Ridgeway Telecom customers wake up to leaked bills\n\nThousands of bills of Ridgeway Telecom customers were freely readable on the internet over the weekend.`,
  ],
])('a whole text sounds like its issuer: %s', async (role, text) => {
  expect((await read(text)).by).toEqual([role])
})

test('in an interview whoever asks is nobody’s voice, and who answers is told by the answers', async () => {
  const { by, actors } = await read(
    'Q: Who are you?\nA: We are Tin Harvest.\nQ: What did you take from Bluebell Telecom?\nA: We stole the subscriber table, 5 million rows.',
  )
  expect(by).toEqual(['actor'])
  expect(actors).toEqual(['Tin Harvest'])
})

test('a claimant is told by a name that gangs carry or a deed behind it; a company that leaks nothing is none', async () => {
  expect((await read('Stoat Syndicate lists Peverell Mobile. The page shows stolen files of Peverell Mobile.')).actors).toEqual([
    'Stoat Syndicate',
  ])
  expect((await read('Peverell Mobile said that customer files were stolen on 4 May 2027.')).actors).toEqual([''])
})

test('names are shown without legal forms and capitals, short forms stand for the name before them', () => {
  expect(shownName('Nordvik Tele ASA')).toBe('Nordvik Tele')
  expect(shownName('ALDERPOINT TELECOM PLC')).toBe('Alderpoint Telecom')
  expect(shownName('Meridian Telekom Berhad')).toBe('Meridian Telekom Berhad')
  expect(unshouted(['NORDVIK TELE', 'Nordvik Tele'])).toEqual(['Nordvik Tele'])
  expect([...aliasesIn(['Juniper Hollow Telecom (JHT) has reviewed it.', 'Harrow Net (SIM) called.'])]).toEqual([
    ['JHT', 'Juniper Hollow Telecom'],
  ])
})
