import { expect, test } from 'vitest'
import { claimPictures } from '../../src/app/claim-pictures.ts'
import type { ClaimDocument } from '../../src/claims/index.ts'
import type { Entry } from '../../src/inventory/index.ts'

/** A picture of a page as the reader gives it, invented: lines one under the other. */
function picture(file: string, lines: readonly string[]): ClaimDocument {
  const read = lines.map((text, at) => ({ text, region: { x: 20, y: 30 + 40 * at, width: 12 * text.length, height: 20 } }))
  return {
    kind: 'picture',
    sha256: 'ab'.repeat(32),
    file,
    picture: {
      kind: 'picture',
      format: 'png',
      width: 1280,
      height: 800,
      text: lines.join('\n'),
      confidence: 92,
      lines: read,
      words: read.flatMap(({ text, region }) =>
        text.split(' ').map((word, at) => ({
          text: word,
          confidence: 92,
          region: { ...region, x: region.x + 90 * at, width: 12 * word.length },
        })),
      ),
    },
  }
}

const entries: readonly Entry[] = [
  {
    kind: 'system',
    id: 'crm',
    name: 'Meridian Customer Desk',
    hosts: ['crm-01.meridian.example'],
    internetFacing: false,
    data: ['identity'],
    screenLabels: ['Account No', 'Rate Plan', 'Dealer Code', 'Line Status'],
  },
  {
    kind: 'system',
    id: 'noc',
    name: 'Alarm Board',
    hosts: ['noc-02.meridian.example'],
    internetFacing: false,
    data: [],
    screenLabels: ['Severity', 'Managed Object', 'Cleared On', 'Probable Cause'],
  },
]

test('each picture says which system of ours can show it, with the places it rests on; other documents give none', () => {
  const documents = [
    picture('b.png', [
      'Meridian Customer Desk - Search',
      'https://crm-01.meridian.example/search',
      'Account No: 1',
      'Rate Plan: x',
      'Dealer Code: y',
      'Line Status: z',
    ]),
    picture('a.png', [
      'Warehouse of somebody else',
      'https://stock.other.example/list',
      'Pallet: 1',
      'Forklift: 2',
      'Dock Door: 3',
    ]),
    { kind: 'posts', sha256: 'cd'.repeat(32), file: 'posts.json', posts: [] } as ClaimDocument,
  ]
  const [first, second, ...rest] = claimPictures(documents, entries)
  expect(rest).toEqual([])
  expect([first?.file, first?.answer === 'ours']).toEqual(['a.png', false])
  expect(second).toMatchObject({ file: 'b.png', answer: 'ours' })
  expect(second?.ground.text).toContain('Meridian Customer Desk')
  expect(second?.reasons.length).toBeGreaterThan(0)
  for (const { cites } of second?.reasons ?? []) expect(cites[0]).toMatchObject({ kind: 'exhibit', file: 'b.png' })
  expect(JSON.stringify(second?.reasons)).not.toContain('Alarm Board')
})

test('with nothing stated of any system a picture stays open', () => {
  const [one] = claimPictures([picture('a.png', ['Some page', 'Name: x'])], [])
  expect(one?.answer).toBe('open')
})
