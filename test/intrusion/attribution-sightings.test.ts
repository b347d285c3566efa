import { expect, test } from 'vitest'
import { observedIn, sightingsOf, type SoftwareSighting } from '../../src/intrusion/attribution/from-sightings.ts'
import { cite, invented, shipped } from './attribution-made.ts'

function seen(given: Partial<SoftwareSighting>): SoftwareSighting {
  return { title: 'Invented rule', level: 'medium', techniques: [], process: '', cite, ...given }
}

test('software is told by file name, by whole words of the title, and by tags', () => {
  const names = (given: Partial<SoftwareSighting>) => observedIn([seen(given)], shipped).software.map((one) => one.name)
  expect(names({ process: 'C:\\Users\\Public\\MIMIKATZ.exe' })).toEqual(['S0002'])
  expect(names({ process: '/tmp/x/nbtscan' })).toEqual(['S0590'])
  expect(names({ title: 'HackTool - Cobalt-Strike Pipe' })).toEqual(['S0154'])
  expect(names({ software: ['S0040'] })).toEqual(['S0040'])
  expect(names({ process: 'C:\\x\\psexec.exe', title: 'PsExec Run', software: ['S0029'] })).toEqual(['S0029'])
})

test('a name inside another word, a folder, a renamed program and programs of the system tell nothing', () => {
  const one = (given: Partial<SoftwareSighting>) => observedIn([seen(given)], shipped).software
  expect(one({ title: 'Mimikatzen seen' })).toEqual([])
  expect(one({ title: 'Conflict of xFRPx' })).toEqual([])
  expect(one({ process: 'C:\\mimikatz.exe\\notepad.exe' })).toEqual([])
  expect(one({ process: 'C:\\Windows\\System32\\net.exe' })).toEqual([])
  expect(one({ process: 'C:\\Windows\\System32\\ipconfig.exe' })).toEqual([])
  expect(one({ process: '' })).toEqual([])
})

test('a technique is as sure as the highest level of the rules that name it, with the cites of all', () => {
  const { techniques } = observedIn(
    [
      seen({ techniques: ['T9001.001', 'T9003'], level: 'low' }),
      seen({ techniques: ['T9001.001'], level: 'critical' }),
      seen({ techniques: ['T9001.001'], level: 'informational' }),
    ],
    invented,
  )
  expect(techniques).toEqual([
    { id: 'T9001.001', observed: 0.9, cites: [cite, cite, cite] },
    { id: 'T9003', observed: 0.3, cites: [cite] },
  ])
})

test('the detections of a story are those that its steps cite', () => {
  const other = { ...cite, at: { kind: 'record', n: 8 } } as const
  const step = {
    time: '',
    host: 'web',
    tactic: '',
    techniques: [],
    level: 'high',
    text: 'Invented.',
    cites: [{ ...cite, file: 'moved.evtx' }],
  }
  const [inside, outside] = [seen({ title: 'inside' }), seen({ title: 'outside', cite: other })]
  expect(sightingsOf({ steps: [step] }, [outside, inside])).toEqual([inside])
  expect(sightingsOf({ steps: [] }, [outside, inside])).toEqual([])
})
