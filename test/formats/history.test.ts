import { expect, test } from 'vitest'
import { bytesSource } from '../../src/base/index.ts'
import { identify, isHistoryName } from '../../src/formats/index.ts'

const shell = 'ls -la\ncd /tmp\nmysql crm\n'
const client = "select * from a where b = 'c';\n\\d a\n"

test.each<[string, string, string, string | undefined]>([
  ['home/ann/.bash_history', shell, 'text', 'shell'],
  ['root/.zsh_history', shell, 'text', 'shell'],
  ['ConsoleHost_history.txt', 'Invoke-Sqlcmd -Query "select 1"\n', 'text', 'shell'],
  ['.bash_history', '#1767229200\nls\n', 'log', 'shell'],
  ['typed.txt', '#1767229200\nls\n', 'log', 'shell'],
  ['.bash_history', 'ls\n#1767229200\ncd /tmp\n', 'text', 'shell'],
  ['.psql_history', client, 'text', 'client'],
  ['.psql_history-crm', client, 'text', 'client'],
  ['.mysql_history', '_HiStOrY_V2_\nselect\\0401;\n', 'text', 'client'],
  ['mongosh_repl_history', 'db.a.find({})\nshow collections\n', 'text', 'client'],
  // The name alone is not enough, and other names are no histories.
  ['.psql_history', 'Dear all,\nthe minutes are below.\n', 'text', undefined],
  ['.bash_history', '{"a": 1}\n{"a": 2}\n', 'jsonl', undefined],
  ['.bash_history', '<!doctype html><html><body>no</body></html>', 'html', undefined],
  ['notes.txt', shell, 'text', undefined],
  ['order_history.csv', 'id,total\n1,2\n3,4\n', 'csv', undefined],
  ['bash_history.md', shell, 'text', undefined],
])('%s: %j is %s, a history of %s', async (name, text, kind, history) => {
  const seen = await identify(bytesSource(name, Buffer.from(text)))
  expect([seen.kind, seen.history]).toEqual([kind, history])
})

test('names of histories are told wherever they lie', () => {
  for (const name of ['.bash_history', 'home/a/.bash_history', 'C:\\Users\\a\\ConsoleHost_history.txt', '.dbshell'])
    expect(isHistoryName(name)).toBe(true)
  for (const name of ['.env', '.bashrc', 'browser_history', '.viminfo', 'history']) expect(isHistoryName(name)).toBe(false)
})
