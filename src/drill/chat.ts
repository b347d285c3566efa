import { calendar, dayMs, hourMs, minuteMs, wallClock } from './calendar.ts'
import type { Output } from './output.ts'
import { Random } from './random.ts'

/** The claim as posted. */
export interface ChatWritten {
  readonly actor: string
  readonly posts: number
  readonly demand: string
  readonly deadline: string
  readonly deadlineEvery: 'PT6H'
  readonly claimedSubscribers: number
  readonly at: readonly number[]
}

type Part = string | { readonly type: string; readonly text: string; readonly href?: string }

/** Writes the claim as a Telegram Desktop export: a channel of an invented actor, four posts about the operator in two days. */
export function writeChat(options: {
  readonly seed: number
  readonly size: number
  readonly sampleRows: number
  readonly out: Output
}): ChatWritten {
  const random = new Random(options.seed, 'chat')
  const actor = random.pick(['NIGHT HERON', 'GREY KESTREL', 'PALE OTTER', 'IRON MYNA'])
  const channel = 1_900_000_000 + random.below(90_000_000)
  const claimed = Math.round((options.size * (1.5 + random.unit() * 0.6)) / 1_000) * 1_000
  const jitter = (): number => random.below(20) * minuteMs
  const at = [
    calendar.firstPost + jitter(),
    calendar.firstPost + 4 * hourMs + jitter(),
    calendar.firstPost + 18 * hourMs + jitter(),
    calendar.firstPost + dayMs + hourMs + jitter(),
  ]
  const demand =
    'We demand that Meridian Telekom issue a public statement immediately, with accurate and transparent information about the breach.'
  const deadline =
    'Every six hours without an official statement we will shut down one more system and publish another part of the customer database.'
  const claimedText = claimed.toLocaleString('en-US')
  const sampleText = options.sampleRows.toLocaleString('en-US')
  const posts: readonly { readonly parts: readonly Part[]; readonly media?: Readonly<Record<string, unknown>> }[] = [
    {
      parts: [
        { type: 'bold', text: 'MERIDIAN TELEKOM HACKED' },
        `\n\nWe have full access to the backend of Meridian Telekom. We have taken the records of ${claimedText} subscribers: names, phone numbers, national ids, addresses. The call records come next.\n\nTheir security team is asleep. `,
        { type: 'hashtag', text: '#MeridianTelekom' },
      ],
    },
    {
      parts: [
        'You say nothing happened? Look at this screenshot of your own backend.\n\n',
        { type: 'bold', text: demand },
        ' Do not hide behind your vendors.',
      ],
      media: { photo: 'photos/photo_1.png', width: 1280, height: 800 },
    },
    {
      parts: [
        deadline,
        ' This is the admin dashboard of your employees, taken this morning. The clock is running, ',
        { type: 'mention', text: '@meridiantelekom' },
        '.',
      ],
      media: { photo: 'photos/photo_2.png', width: 1280, height: 800 },
    },
    {
      parts: [
        `Proof for those who still doubt: a sample of ${sampleText} lines from the customer database of Meridian Telekom. Free for everybody. The full database of ${claimedText} subscribers is for sale.`,
      ],
      media: {
        file: '(File not included. Change data exporting settings to download.)',
        file_name: 'meridian_sample.csv',
        file_size: options.sampleRows * 96,
        mime_type: 'text/csv',
      },
    },
  ]
  const head = { from: actor, from_id: `channel${channel}` }
  const created = at[0] === undefined ? calendar.firstPost : at[0] - 200 * dayMs
  const messages = [
    {
      id: 1,
      type: 'service',
      ...stamps(created),
      actor,
      actor_id: `channel${channel}`,
      action: 'create_channel',
      title: actor,
      text: '',
      text_entities: [],
    },
    ...posts.map((post, index) => {
      const ms = at[index] ?? calendar.firstPost
      return {
        id: 412 + index * 3,
        type: 'message',
        ...stamps(ms),
        ...(index === 1 ? edited(ms + 7 * minuteMs) : {}),
        ...head,
        ...post.media,
        text: post.parts.length === 1 ? post.parts[0] : post.parts,
        text_entities: post.parts.map((part) => (typeof part === 'string' ? { type: 'plain', text: part } : part)),
      }
    }),
  ]
  options.out.write(
    'case/claim/result.json',
    `${JSON.stringify({ name: actor, type: 'public_channel', id: channel, messages }, null, 1)}\n`,
  )
  return { actor, posts: posts.length, demand, deadline, deadlineEvery: 'PT6H', claimedSubscribers: claimed, at }
}

/** Telegram writes local time without its zone, and the epoch second beside it. */
function stamps(ms: number): { readonly date: string; readonly date_unixtime: string } {
  return { date: wallClock(ms).slice(0, 19).replace(' ', 'T'), date_unixtime: String(Math.floor(ms / 1000)) }
}

function edited(ms: number): { readonly edited: string; readonly edited_unixtime: string } {
  return { edited: wallClock(ms).slice(0, 19).replace(' ', 'T'), edited_unixtime: String(Math.floor(ms / 1000)) }
}
