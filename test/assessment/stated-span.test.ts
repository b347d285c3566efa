import { expect, test } from 'vitest'
import { statedSpan } from '../../src/assessment/stated-span.ts'

test.each([
  ['Export of March 2024', '2024-03-01', '2024-03-31'],
  ['data of 5 Februari 2024', '2024-02-05', '2024-02-05'],
  ['records 2019 to 2021', '2019-01-01', '2021-12-31'],
  ['rekod Ogos 2023', '2023-08-01', '2023-08-31'],
  ['as of 2024-02', '2024-02-01', '2024-02-29'],
  ['cut on 2024-02-29', '2024-02-29', '2024-02-29'],
])('A8 "%s"', (text, from, to) => {
  expect(statedSpan(text)).toEqual({ from, to })
})

test.each(['fresh data', 'cut on 2024-02-31', '2024-13', 'we are inside since May 2024', '12024 rows', 'may be of use', ''])(
  'A8 no days in "%s"',
  (text) => {
    expect(statedSpan(text)).toBeUndefined()
  },
)
