import { minuteText } from '../../base/index.ts'
import type { Cite } from '../../evidence/index.ts'
import { citedSql, citeOf, isoOf, type CitedRow } from '../cited.ts'
import { bareAccount } from '../names.ts'
import { inPeriod } from '../sql.ts'
import type { ArrivalSearch } from './arrival-search.ts'
import { dayBefore } from './brought.ts'
import type { FromMail } from './mail.ts'

interface MailRow extends CitedRow {
  readonly host: string
  readonly sender: string
  readonly named: number
}

const recipient =
  "lower(multiIf(fields['recipient-address'] != '', fields['recipient-address'], fields['Recipients'] != '', fields['Recipients'], fields['RecipientEmailAddress']))"
const sender =
  "lower(multiIf(fields['sender-address'] != '', fields['sender-address'], fields['Sender'] != '', fields['Sender'], fields['SenderFromAddress']))"

/** Mails that reached a mailbox: message tracking of Exchange (`DELIVER`), and the tables `EmailEvents` and `EmailAttachmentInfo` of Defender. */
const mailsSql = `
SELECT ${citedSql}, host, ${sender} AS sender, position(lower(concat(fields['FileName'], ' ', fields['AttachmentNames'])), {file:String}) > 0 AS named
FROM events
WHERE ${inPeriod} AND sender != '' AND match(${recipient}, concat('(^|[^a-z0-9._-])', {name:String}, '@'))
  AND ((product = 'exchange' AND event_id = 'DELIVER')
    OR (fields['RecipientEmailAddress'] != '' AND fields['NetworkMessageId'] != '' AND lower(fields['DeliveryAction']) IN ('', 'delivered')))
ORDER BY time, exhibit, n LIMIT 5000`

/** The mail that brought it, as far as records of the mail service tell. */
export interface Delivery {
  /** `; the last of 3 mails delivered to that mailbox within a day before, at 08:58 UTC, came from an address at example.org`. */
  readonly text: string
  /** Host of the mail service; '' when it is not said. */
  readonly host: string
  readonly cite: Cite
}

/** What the mail service recorded of mails from other domains to the account, within a day before one was opened. */
export async function deliveryOf(search: ArrivalSearch, mail: FromMail): Promise<Delivery | undefined> {
  const name = bareAccount(mail.account)
  if (!/^[a-z0-9._-]{2,100}$/.test(name)) return undefined
  const { engine, loads, fileOf } = search
  const rows = await engine.rows<MailRow>(mailsSql, {
    loads,
    name: name.replaceAll('.', '[.]'),
    file: mail.file.toLowerCase(),
    ...dayBefore(mail.time),
  })
  const named = mail.how === 'attachment' && mail.file.length > 4 ? rows.filter((row) => row.named === 1) : []
  const among = named.length > 0 ? named : rows
  const last = among.at(-1)
  if (last === undefined) return undefined
  const at = `${minuteText(isoOf(last.at_time))} UTC`
  const domain =
    last.sender
      .split('@')
      .at(-1)
      ?.replace(/[^a-z0-9.-]/g, '') ?? ''
  const which =
    named.length > 0
      ? `The mail with a file of that name was delivered at ${at}`
      : rows.length === 1
        ? `One mail was delivered to that mailbox within a day before, at ${at}`
        : `The last of ${rows.length} mails delivered to that mailbox within a day before came at ${at}`
  return { text: ` ${which}, from an address at ${domain}.`, host: last.host, cite: citeOf(last, fileOf) }
}
